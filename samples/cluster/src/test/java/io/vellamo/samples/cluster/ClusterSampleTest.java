package io.vellamo.samples.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.cli.terminal.Terminal;
import io.vellamo.samples.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The sample as a whole, with PostgreSQL and a node that is killed. */
final class ClusterSampleTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Terminal terminal =
      Terminal.of(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

  private String[] arguments(String... options) {
    List<String> arguments = new ArrayList<>(List.of("--out=" + directory));
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  @Test
  @Timeout(300)
  void nodeThatIsKilledByItsNumber_startsAgain_andTheResultIsEqual() {
    ByteArrayInputStream typed = new ByteArrayInputStream("7\nx\n1\n".getBytes(UTF_8));

    int exit =
        new CommandLine(new ClusterCommand(terminal, typed))
            .execute(arguments("--nodes=1", "--for=PT5S", "--rate=200"));

    assertThat(exit).as(out + "\n" + err).isZero();
    assertThat(out.toString(UTF_8))
        .contains("node 1 was killed, and starts again in 10 s", "node 1 starts again")
        .contains("cluster: the result is equal to that of a single node")
        .containsPattern("nodes killed +1\n")
        .containsPattern("missing +0\n");
    assertThat(directory.resolve("node-1.log")).isNotEmptyFile();
  }

  /** Without kills, whose fail-over is tested elsewhere. */
  @Test
  @Timeout(300)
  void nodes_ofACluster_findTheSessionsOfASingleOne_eachWithADashboard() throws Exception {
    CompletableFuture<Integer> run =
        CompletableFuture.supplyAsync(
            () ->
                new CommandLine(new ClusterCommand(terminal, new ByteArrayInputStream(new byte[0])))
                    .execute(arguments("--nodes=2", "--for=PT5S", "--rate=200", "--dashboard=0")));
    Awaitility.await()
        .atMost(PATIENCE)
        .failFast("the sample must not have ended: " + err, run::isDone)
        .until(() -> dashboards().size() == 2);
    for (URI dashboard : dashboards()) {
      Awaitility.await()
          .atMost(PATIENCE)
          .failFast("the sample must not have ended: " + err, run::isDone)
          .ignoreException(ConnectException.class)
          .until(() -> queries(dashboard).contains(SessionQuery.NAME));
    }
    int exit = run.get();

    assertThat(exit).as(out + "\n" + err).isZero();
    assertThat(out.toString(UTF_8))
        .contains("cluster: the result is equal to that of a single node")
        .containsPattern("nodes killed +0\n")
        .containsPattern("without rows after a kill +-\n");
    assertThat(directory.resolve("node-2.log")).isNotEmptyFile();
  }

  private List<URI> dashboards() {
    return Pattern.compile("http://127.0.0.1:\\d+/")
        .matcher(out.toString(UTF_8))
        .results()
        .map(address -> URI.create(address.group()))
        .toList();
  }

  private static String queries(URI dashboard) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(dashboard.resolve("api/queries")).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  @Test
  void options_outOfRange_areRefused() {
    assertRefused("--nodes must be from 1 to 9, was [10]", "--nodes=10");
    assertRefused("--rate must be from 1 to 100000, was [0]", "--rate=0");
    assertRefused("--for must be a positive duration, was [1m]", "--for=1m");
    assertRefused("--dashboard and the ports of the other [2] nodes", "--dashboard=65534");
    assertRefused("--kill-every must be a positive duration, was [PT0S]", "--kill-every=PT0S");
  }

  private void assertRefused(String message, String option) {
    List<String> arguments = new ArrayList<>(List.of("cluster"));
    arguments.addAll(List.of(arguments(option)));

    int exit = Samples.run(terminal, arguments.toArray(String[]::new));

    assertThat(err.toString(UTF_8)).contains(message);
    assertThat(exit).isEqualTo(2);
  }
}
