package io.vellamo.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vellamo.cli.journal.BadUsageException;
import io.vellamo.cli.terminal.LiveBlock;
import io.vellamo.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that shows the figures of running queries until it is stopped. */
@Command(
    name = "top",
    description = "Shows the figures of running queries, over the address of their dashboard",
    sortOptions = false)
public final class TopCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final Map<String, Shown> shown = new HashMap<>();

  @Parameters(arity = "0..1", paramLabel = "QUERY", description = "Only this query")
  private @Nullable String only;

  @Mixin private DashboardOptionsMixin options = new DashboardOptionsMixin();

  @Option(names = "--once", description = "Shows the figures once, and ends")
  private boolean once;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      description = "The time between two updates. Default: ${DEFAULT-VALUE}")
  private int every = 1;

  /** The data of a query that is kept from one update to the next. */
  private static final class Shown {
    private final ReportWindow reports = new ReportWindow();
    private JsonNode shards = MissingNode.getInstance();
    private JsonNode hotKeys = MissingNode.getInstance();
    private JsonNode detailed = MissingNode.getInstance();
  }

  /**
   * Creates the command.
   *
   * @param terminal the terminal to print on
   */
  public TopCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (every < 1) {
      throw new BadUsageException("--every must be 1 or more, was [%d]".formatted(every));
    }
    DashboardClient client = options.client();
    LiveBlock block = terminal.isInteractive() && !once ? terminal.liveBlock() : null;
    while (true) {
      List<String> lines = lines(client);
      if (block == null) {
        lines.forEach(terminal::print);
      } else {
        block.show(lines);
      }
      if (once) {
        return 0;
      }
      TimeUnit.SECONDS.sleep(every);
    }
  }

  private List<String> lines(DashboardClient client) throws InterruptedException {
    List<JsonNode> queries = Selection.of(client, only);
    List<String> lines = new ArrayList<>();
    if (queries.isEmpty()) {
      lines.add("No query runs at %s".formatted(client.address()));
    }
    for (JsonNode query : queries) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(screen(client, query).lines());
    }
    return lines;
  }

  private QueryScreen screen(DashboardClient client, JsonNode query) throws InterruptedException {
    String name = query.path("name").asText();
    Shown kept = shown.computeIfAbsent(name, any -> new Shown());
    if (query.path("active").asBoolean() && query.has("progress")) {
      JsonNode report = query.path("progress");
      if (!report.path("runId").equals(kept.reports.last().path("runId"))) {
        orMissing(client.about(name, "progress")).path("progress").forEach(kept.reports::add);
      }
      kept.reports.add(report);
      // Shards and hot keys change with an epoch only: an idle query costs little.
      if (!report.path("epoch").equals(kept.detailed)) {
        kept.shards = orMissing(client.about(name, "shards"));
        kept.hotKeys = orMissing(client.about(name, "hot-keys"));
        kept.detailed = report.path("epoch");
      }
    }
    return new QueryScreen(query, kept.reports, kept.shards, kept.hotKeys);
  }

  private static JsonNode orMissing(@Nullable JsonNode answer) {
    return Objects.requireNonNullElse(answer, MissingNode.getInstance());
  }
}
