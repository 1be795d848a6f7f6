package io.vellamo.cli.journal;

import io.vellamo.api.query.EventCounts;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.EpochOutline;
import io.vellamo.replay.GroupEpoch;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.RowOrigin;
import io.vellamo.replay.RowReference;
import io.vellamo.replay.SourceRange;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that shows the origin of a row. */
@Command(
    name = "why",
    description = "Shows why a row came out: the group, events, times and states that led to it",
    sortOptions = false)
final class WhyCommand implements Callable<Integer> {
  private static final int RANGES = 10;

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "QUERY", description = "The query")
  private String query = "";

  @Parameters(
      index = "1",
      paramLabel = "ROW",
      description =
          "The row's id as its sink has it, such as the header vellamo-row-id of a Kafka record:"
              + " EPOCH/SHARD/INDEX, with or without the query's name")
  private String row = "";

  @Option(
      names = "--operator",
      paramLabel = "NAME",
      description =
          "The operator that emitted the row; needed only if operators were added to the query")
  private @Nullable String operator;

  @Option(
      names = "--earlier",
      paramLabel = "N",
      description =
          "How many earlier epochs of the group at most, the newest first. Default: ${DEFAULT-VALUE}")
  private int earlier = 5;

  @Option(
      names = "--entries",
      paramLabel = "N",
      description = "How many entries of a variable at most. Default: ${DEFAULT-VALUE}")
  private int entries = 20;

  @Mixin private JournalOptionsMixin options = new JournalOptionsMixin();

  WhyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    RowReference parsed = RowReference.parse(query, row);
    RowReference wanted = operator == null ? parsed : parsed.withOperator(operator);
    try (JournalAccess journal = JournalAccess.open(options, terminal)) {
      RowOrigin origin =
          journal.ask(replay -> replay.withEntryLimit(entries).origin(wanted, earlier));
      Printer.print(terminal, options.format(), origin, () -> print(origin));
    }
    return 0;
  }

  private void print(RowOrigin origin) {
    terminal.print(
        "%s: row %s of %s from shard %d in epoch %s"
            .formatted(
                query,
                Printer.number(origin.id().index()),
                Printer.number(origin.shardRows()),
                origin.id().shard(),
                Printer.number(origin.id().epoch())));
    terminal.print("  row      " + origin.row());
    if (origin.rowTime() != null) {
      terminal.print("  time     " + origin.rowTime());
    }
    terminal.print("  operator " + origin.operator());
    terminal.print("  key      " + Printer.key(origin.key()));
    terminal.print("why");
    origin.explanation().forEach(sentence -> terminal.print("  " + sentence));
    terminal.print("before");
    content(origin.before());
    boolean hasVariables = hasVariables(origin);
    Printer.epoch(terminal, origin.effect(), hasVariables);
    outline(origin.epoch());
    terminal.print("after");
    content(origin.after());
    terminal.print(
        "%s earlier epochs of the group, the newest first, %s of them:"
            .formatted(
                Printer.number(origin.earlierCount()), Printer.number(origin.earlier().size())));
    origin.earlier().forEach(epoch -> Printer.epoch(terminal, epoch, hasVariables));
  }

  private void outline(EpochOutline epoch) {
    EventCounts events = epoch.events();
    if (events != null) {
      terminal.print(
          "  events   %s of all groups: %s processed, %s late, %s dead-lettered"
              .formatted(
                  Printer.number(events.input()),
                  Printer.number(events.processed()),
                  Printer.number(events.late()),
                  Printer.number(events.deadLettered())));
    }
    List<SourceRange> ranges = epoch.ranges();
    if (ranges != null) {
      ranges.stream().limit(RANGES).forEach(this::range);
      if (ranges.size() > RANGES) {
        terminal.print("  read     and %s more".formatted(Printer.number(ranges.size() - RANGES)));
      }
    }
  }

  private void range(SourceRange range) {
    terminal.print(
        "  read     %s from %d until %d".formatted(range.partition(), range.from(), range.until()));
  }

  private void content(@Nullable GroupView group) {
    if (group == null) {
      terminal.print("  The journal does not hold what the group was");
    } else if (group.exists()) {
      Printer.content(terminal, group);
    } else {
      terminal.print("  nothing is kept of the group");
    }
  }

  private static boolean hasVariables(RowOrigin origin) {
    return hasVariables(origin.effect())
        || origin.earlier().stream().anyMatch(WhyCommand::hasVariables);
  }

  private static boolean hasVariables(GroupEpoch epoch) {
    return !epoch.changes().isEmpty();
  }
}
