package io.vellamo.cli.journal;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.GroupHistory;
import io.vellamo.replay.ReplayKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that shows the effect of each epoch on a group. */
@Command(
    name = "history",
    description =
        "Shows state or changed variables, rows and recorded inputs of a group, epoch by epoch",
    sortOptions = false)
final class HistoryCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "QUERY", description = "The query")
  private String query = "";

  @Parameters(
      index = "1",
      paramLabel = "KEY",
      description = "The group's key: text, a number, or JSON for keys of a class")
  private String key = "";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many epochs at most, the last ones. Default: ${DEFAULT-VALUE}")
  private int limit = 20;

  @Mixin private JournalOptionsMixin options = new JournalOptionsMixin();

  HistoryCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (JournalAccess journal = JournalAccess.open(options, terminal)) {
      List<GroupHistory> histories = histories(journal);
      Object result = histories.size() == 1 ? histories.get(0) : histories;
      Printer.print(terminal, options.format(), result, () -> histories.forEach(this::history));
    }
    return 0;
  }

  /**
   * Returns the history of each operator that has had the group; if none has, that of the last one.
   */
  private List<GroupHistory> histories(JournalAccess journal) {
    List<GroupHistory> histories = new ArrayList<>();
    for (ReplayKey found : KeyArgument.find(journal, query, key)) {
      histories.addAll(journal.ask(replay -> replay.historyInOperators(query, found, limit)));
    }
    List<GroupHistory> known =
        histories.stream().filter(history -> history.epochCount() > 0).toList();
    return known.isEmpty() ? List.of(histories.get(histories.size() - 1)) : known;
  }

  private void history(GroupHistory history) {
    terminal.print(
        "%s: %s epochs of group [%s] in %s, the last %s:"
            .formatted(
                query,
                Printer.number(history.epochCount()),
                Printer.key(history.key()),
                history.operator(),
                Printer.number(history.epochs().size())));
    if (history.knownFromEpoch() > 0) {
      terminal.print(
          "The beginning of the journal is gone: the group is known from epoch %d on"
              .formatted(history.knownFromEpoch()));
    }
    boolean hasVariables = history.epochs().stream().anyMatch(epoch -> !epoch.changes().isEmpty());
    for (GroupEpoch epoch : history.epochs()) {
      Printer.epoch(terminal, epoch, hasVariables);
    }
  }
}
