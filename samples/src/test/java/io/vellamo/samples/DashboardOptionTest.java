package io.vellamo.samples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vellamo.cli.terminal.Terminal;
import io.vellamo.samples.SampleProcess.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are shown on the dashboard. */
@Timeout(120)
final class DashboardOptionTest {
  private static final Pattern ADDRESS =
      Pattern.compile("^Dashboard: (http://127.0.0.1:\\d+/)$", Pattern.MULTILINE);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String SAMPLE = "github-sessions";

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void run_isShownUntilEnter_andThenReadsTheRest() throws Exception {
    try (PipedInputStream typed = new PipedInputStream();
        PipedOutputStream keyboard = new PipedOutputStream(typed)) {
      CompletableFuture<Integer> exit = run(typed, SAMPLE, "--dashboard", "0");
      URI address = address();

      JsonNode query = await(address, one -> one.path("progress").path("epoch").asLong() > 2);
      JsonNode settings = get(address.resolve("api/settings"));
      boolean running = !exit.isDone();
      keyboard.write('\n');
      keyboard.flush();
      int code = exit.get(60, TimeUnit.SECONDS);

      assertThat(query.path("name").asText()).isEqualTo(SAMPLE);
      assertThat(query.at("/progress/events/input").asLong()).isEqualTo(50);
      assertThat(settings.path("showData").asBoolean()).isTrue();
      assertThat(running).isTrue();
      Outcome outcome = new Outcome(code, out.toString(UTF_8), err.toString(UTF_8));
      assertThat(outcome.exitCode()).as(outcome.err()).isZero();
      assertThat(outcome.out()).contains("250 events a second are read", "10,000 events were new");
      assertThat(outcome.figure("sessions")).isEqualTo("6,494");
    }
  }

  /** Without a keyboard, nobody can end the run: it ends itself once everything is read. */
  @Test
  void run_withoutInput_endsOnceEverythingIsRead() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("input.jsonl"),
            """
            {"type":"A","actor":"ann","created_at":"2018-01-01T11:00:00Z"}
            {"type":"A","actor":"bob","created_at":"2018-01-01T11:00:30Z"}
            """);

    Outcome outcome =
        SampleProcess.runExactly(SAMPLE, "--dashboard", "0", "--input", input.toString());

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.figure("sessions")).isEqualTo("2");
  }

  @Test
  void run_withoutDirectories_leavesNoFiles() throws IOException {
    Path input = Files.createFile(directory.resolve("input.jsonl"));
    long before = temporaryDirectories();

    Outcome outcome =
        SampleProcess.runExactly(SAMPLE, "--dashboard", "0", "--input", input.toString());

    assertThat(outcome.out()).contains("sessions").doesNotContain("results  ", "journal  ");
    assertThat(temporaryDirectories()).isEqualTo(before);
  }

  @Test
  void run_withDirectories_continuesThere() throws IOException {
    Path input =
        Files.writeString(
            directory.resolve("input.jsonl"),
            """
            {"type":"A","actor":"ann","created_at":"2018-01-01T11:00:00Z"}
            """);
    SampleProcess process = new SampleProcess(directory);

    Outcome first = process.run(SAMPLE, "--dashboard", "0", "--input", input.toString());
    Outcome second = process.run(SAMPLE, "--dashboard", "0", "--input", input.toString());

    assertThat(first.out()).contains("1 events were new").contains("results  ");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("nothing was new");
    assertThat(second.figure("events")).isEqualTo("1");
  }

  @Test
  void run_withoutDashboard_saysThatThereIsOne() throws IOException {
    Path input = Files.createFile(directory.resolve("input.jsonl"));

    Outcome outcome = new SampleProcess(directory).run(SAMPLE, "--input", input.toString());

    assertThat(outcome.out())
        .contains("To watch a run on a page: bin/sample github-sessions --dashboard 7474");
  }

  @Test
  void liveQuery_isShownWhileItRuns() throws Exception {
    CompletableFuture<Integer> exit =
        run(
            InputStream.nullInputStream(),
            "pager",
            "--dashboard=0",
            "--for=PT10S",
            "--out=" + directory);

    JsonNode query = await(address(), one -> one.path("active").asBoolean());

    assertThat(query.path("name").asText()).isEqualTo("pager");
    assertThat(exit.get(60, TimeUnit.SECONDS)).as(err.toString(UTF_8)).isZero();
  }

  @Test
  void port_thatCannotBeUsed_isRefused() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Outcome inUse = new SampleProcess(directory).run(SAMPLE, "--dashboard", "" + port);
      Outcome outOfRange = SampleProcess.runExactly("pager", "--dashboard", "65536");

      assertThat(inUse.exitCode()).isEqualTo(2);
      assertThat(inUse.err())
          .startsWith("--dashboard must be a free port, found [%d] in use".formatted(port));
      assertThat(outOfRange.exitCode()).isEqualTo(2);
      assertThat(outOfRange.err())
          .startsWith("--dashboard must be a port from 0 to 65535, was [65536]");
    }
  }

  private CompletableFuture<Integer> run(InputStream typed, String... arguments) {
    Terminal terminal =
        Terminal.of(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), typed);
    return CompletableFuture.supplyAsync(() -> Samples.run(terminal, arguments));
  }

  private URI address() {
    String printed =
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> out.toString(UTF_8), text -> ADDRESS.matcher(text).find());
    Matcher address = ADDRESS.matcher(printed);
    assertThat(address.find()).isTrue();
    return URI.create(address.group(1));
  }

  private static JsonNode await(URI address, Predicate<JsonNode> condition) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> get(address.resolve("api/queries")).path("queries").path(0), condition);
  }

  private static JsonNode get(URI address) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body);
  }

  private static long temporaryDirectories() throws IOException {
    String own = "vellamo-sample-" + ProcessHandle.current().pid() + "-";
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> file.getFileName().toString().startsWith(own)).count();
    }
  }
}
