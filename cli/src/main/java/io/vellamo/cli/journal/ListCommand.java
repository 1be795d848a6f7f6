package io.vellamo.cli.journal;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.replay.GroupList;
import io.vellamo.replay.GroupView;
import io.vellamo.replay.QueryDetails;
import io.vellamo.replay.QueryOverview;
import io.vellamo.replay.ShardOverview;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that lists queries, or the shards or groups of one query. */
@Command(
    name = "list",
    description = "Lists the queries; the shards of one; with --prefix its groups",
    sortOptions = false)
final class ListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "QUERY",
      description = "The query whose shards or groups are listed")
  private @Nullable String query;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      arity = "0..1",
      fallbackValue = "",
      description = "Lists the groups whose keys begin so; all without TEXT")
  private @Nullable String prefix;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "How many groups at most. Default: ${DEFAULT-VALUE}")
  private int limit = 20;

  @Mixin private JournalOptionsMixin options = new JournalOptionsMixin();

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String name = query;
    String start = prefix;
    if (name == null && start != null) {
      throw new BadUsageException("--prefix needs a QUERY, found none; bin/vellamo journal list");
    }
    try (JournalAccess journal = JournalAccess.open(options, terminal)) {
      if (name == null) {
        List<QueryOverview> queries = journal.ask(replay -> replay.queries());
        Printer.print(terminal, options.format(), queries, () -> queries(queries));
      } else if (start == null) {
        QueryDetails details = journal.ask(replay -> replay.query(name));
        Printer.print(terminal, options.format(), details, () -> shards(details));
      } else {
        GroupList groups = journal.ask(replay -> replay.groups(name, start, limit));
        Printer.print(terminal, options.format(), groups, () -> groups(groups));
      }
    }
    return 0;
  }

  private void queries(List<QueryOverview> queries) {
    Columns table = new Columns("QUERY", "SHARDS", "RUNS", "EPOCHS", "EVENTS", "WATERMARK");
    for (QueryOverview each : queries) {
      table.row(
          each.name(),
          Printer.number(each.shards()),
          Printer.number(each.runs()),
          Printer.number(each.committedEpoch()),
          Printer.number(each.events().input()),
          Printer.watermark(each.watermark()));
    }
    table.printOn(terminal);
  }

  private static String words(List<QueryOverview.Operator> operators) {
    return operators.stream()
        .map(
            operator ->
                operator.hasVariables()
                    ? "%s with variables and timers".formatted(operator.name())
                    : "%s with timeouts in %s".formatted(operator.name(), operator.timeout()))
        .collect(Collectors.joining(", "));
  }

  private void variables(QueryOverview.Operator operator) {
    for (QueryOverview.Variable variable : operator.variables()) {
      terminal.print(
          "  %-7s  %s%s%s"
              .formatted(
                  variable.kind().name().toLowerCase(Locale.ROOT),
                  variable.name(),
                  variable.clock() == null ? "" : " in " + variable.clock(),
                  variable.isDropped() ? " (dropped)" : ""));
    }
  }

  private void shards(QueryDetails details) {
    QueryOverview overview = details.query();
    terminal.print(
        "%s: %s groups after epoch %s of %s runs, %s"
            .formatted(
                overview.name(),
                Printer.number(details.groups()),
                Printer.number(overview.committedEpoch()),
                Printer.number(overview.runs()),
                words(overview.operators())));
    overview.operators().forEach(this::variables);
    known(details.knownFromEpoch());
    Columns table =
        new Columns(
            "SHARD",
            "OPERATOR",
            "GROUPS",
            "PARKED",
            "BYTES",
            "LAST EPOCH",
            "RECORDS",
            "KNOWN FROM");
    for (ShardOverview shard : details.shards()) {
      table.row(
          Integer.toString(shard.shard()),
          shard.operator(),
          Printer.number(shard.groups()),
          Printer.number(shard.parked()),
          Printer.number(shard.bytes()),
          Printer.number(shard.lastEpoch()),
          Printer.number(shard.records()),
          shard.knownFromEpoch() == 0 ? "the beginning" : "epoch " + shard.knownFromEpoch());
    }
    table.printOn(terminal);
  }

  private void known(long epoch) {
    terminal.print(
        epoch == 0
            ? "The journal is whole: every epoch can be shown"
            : "The beginning of the journal is gone: all groups are known from epoch %d on"
                .formatted(epoch));
  }

  private void groups(GroupList groups) {
    terminal.print(
        "%s groups, the first %s:"
            .formatted(
                Printer.number(groups.groupCount()), Printer.number(groups.groups().size())));
    Columns table = new Columns("KEY", "TIMEOUT", "PARKED", "STATE");
    for (GroupView group : groups.groups()) {
      table.row(
          Printer.key(group.key()),
          Printer.moment(group.timeoutMillis()),
          Printer.waiting(group),
          Printer.content(group));
    }
    table.printOn(terminal);
  }
}
