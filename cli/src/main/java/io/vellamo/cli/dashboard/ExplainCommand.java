package io.vellamo.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.vellamo.cli.terminal.Terminal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that describes running queries from their sources to their sinks. */
@Command(
    name = "explain",
    description =
        "Describes running queries, and what limits their guarantee, over the address of their"
            + " dashboard",
    sortOptions = false)
public final class ExplainCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..1", paramLabel = "QUERY", description = "Only this query")
  private @Nullable String only;

  @Mixin private DashboardOptionsMixin options = new DashboardOptionsMixin();

  /**
   * Creates the command.
   *
   * @param terminal the terminal to print on
   */
  public ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    DashboardClient client = options.client();
    List<JsonNode> queries = Selection.of(client, only);
    if (queries.isEmpty()) {
      terminal.print("No query runs at %s".formatted(client.address()));
    }
    for (int i = 0; i < queries.size(); i++) {
      if (i > 0) {
        terminal.print("");
      }
      String name = Selection.name(queries.get(i));
      String text =
          queries.get(i).path("active").asBoolean() ? client.textAbout(name, "explain") : null;
      terminal.print(
          Objects.requireNonNullElse(text, "query [%s]: has ended".formatted(name))
              .stripTrailing());
    }
    return 0;
  }
}
