package io.vellamo.cli.journal;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.GroupAt;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.ReplayKey;
import io.vellamo.replay.ShardAt;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that shows the contents of a group, or of a shard's groups. */
@Command(
    name = "show",
    description =
        "Shows the state, or variables and timers, of a group or shard, now or at any epoch or time",
    sortOptions = false)
final class ShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "QUERY", description = "The query")
  private String query = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "KEY",
      description = "The group's key: text, a number, or JSON for keys of a class")
  private @Nullable String key;

  @Option(
      names = "--shard",
      paramLabel = "N",
      description = "Instead of KEY: all groups of a shard")
  private @Nullable Integer shard;

  @Mixin private PointOptions point = new PointOptions();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many groups of a shard at most. Default: ${DEFAULT-VALUE}")
  private int limit = 20;

  @Option(
      names = "--entries",
      paramLabel = "N",
      description = "How many entries of a variable at most. Default: ${DEFAULT-VALUE}")
  private int entries = 20;

  @Mixin private JournalOptionsMixin options = new JournalOptionsMixin();

  ShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String text = key;
    Integer number = shard;
    if ((text == null) == (number == null)) {
      throw new BadUsageException(
          "one of KEY and --shard must be given, found %s"
              .formatted(text == null ? "none" : "both"));
    }
    try (JournalAccess journal = JournalAccess.open(options, terminal)) {
      if (text != null) {
        List<GroupAt> groups = groups(journal, text);
        Object result = groups.size() == 1 ? groups.get(0) : groups;
        Printer.print(terminal, options.format(), result, () -> groups.forEach(this::group));
      } else if (number != null) {
        ShardAt all =
            journal.ask(
                replay ->
                    replay.withEntryLimit(entries).shard(query, number, point.point(), limit));
        Printer.print(terminal, options.format(), all, () -> shard(all));
      }
    }
    return 0;
  }

  /**
   * Returns the group of each operator that has had one; if none has, that of the last operator.
   */
  private List<GroupAt> groups(JournalAccess journal, String text) {
    List<GroupAt> groups = new ArrayList<>();
    for (ReplayKey found : KeyArgument.find(journal, query, text)) {
      groups.addAll(
          journal.ask(
              replay ->
                  replay.withEntryLimit(entries).groupInOperators(query, found, point.point())));
    }
    List<GroupAt> known = groups.stream().filter(GroupAt::isKnown).toList();
    return known.isEmpty() ? List.of(groups.get(groups.size() - 1)) : known;
  }

  private void group(GroupAt found) {
    terminal.print(
        "%s: a group of shard %d after epoch %s"
            .formatted(query, found.shard(), Printer.number(found.epoch())));
    terminal.print("  operator " + found.operator());
    Printer.group(terminal, found.group());
    Long changed = found.lastChanged();
    if (changed != null) {
      terminal.print("  changed  in epoch %s".formatted(Printer.number(changed)));
    }
    if (!found.group().exists() && changed != null && changed > 1) {
      terminal.print(
          "Nothing is kept of it any more; --at-epoch %d shows it before, if the journal goes back so far"
              .formatted(changed - 1));
    }
  }

  private void shard(ShardAt found) {
    terminal.print(
        "%s: shard %d after epoch %s keeps %s groups of %s, the first %s:"
            .formatted(
                query,
                found.shard(),
                Printer.number(found.epoch()),
                Printer.number(found.groupCount()),
                found.operator(),
                Printer.number(found.groups().size())));
    Columns table = new Columns("KEY", "TIMEOUT", "PARKED", "STATE");
    for (GroupView group : found.groups()) {
      table.row(
          Printer.key(group.key()),
          Printer.moment(group.timeoutMillis()),
          Printer.waiting(group),
          Printer.content(group));
    }
    table.printOn(terminal);
    terminal.print(
        "Its last epoch was %s and emitted %s rows"
            .formatted(Printer.number(found.lastEpoch()), Printer.number(found.lastRows().size())));
    found.lastRows().stream()
        .limit(limit)
        .map(JsonNode::toString)
        .forEach(row -> terminal.print("  " + row));
  }
}
