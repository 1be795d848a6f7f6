package io.vellamo.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * A headless Chromium of the machine, with a profile of its own, driven by the DevTools protocol.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome");
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private final Process process;
  private final URI devTools;

  private Chromium(Process process, URI devTools) {
    this.process = process;
    this.devTools = devTools;
  }

  /** Returns the program: that of the variable CHROMIUM, else the first one on the path. */
  static Optional<Path> program() {
    String named = System.getenv("CHROMIUM");
    Stream<Path> onThePath =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .flatMap(dir -> NAMES.stream().map(name -> Path.of(dir, name)));
    return Stream.concat(Stream.ofNullable(named).map(Path::of), onThePath)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts the browser for a test, or skips the test if the machine has none. */
  static Chromium startFor(Class<?> test, Path profile) throws IOException {
    Optional<Path> program = program();
    if (program.isEmpty()) {
      LoggerFactory.getLogger(test)
          .error(
              "SKIPPED: the dashboard's page is not tested, as this machine has no Chromium;"
                  + " install it, or set CHROMIUM to its program");
    }
    assumeTrue(program.isPresent(), "a Chromium on the path");
    return start(program.orElseThrow(), profile);
  }

  static Chromium start(Path program, Path profile) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "--no-first-run",
                "--disable-gpu",
                "--disable-quic",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--hide-scrollbars",
                "--no-sandbox"));
    command.add("about:blank");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output.log").toFile())
            .start();
    Path port = profile.resolve("DevToolsActivePort");
    try {
      Awaitility.await()
          .atMost(START_TIMEOUT)
          .until(() -> Files.exists(port) && Files.readAllLines(port).size() == 2);
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
    List<String> lines = Files.readAllLines(port);
    return new Chromium(
        process, URI.create("ws://127.0.0.1:" + lines.get(0).strip() + lines.get(1).strip()));
  }

  /** Opens a tab that begins with an empty page. */
  BrowserPage newPage() throws Exception {
    return BrowserPage.open(DevTools.connect(devTools));
  }

  @Override
  public void close() {
    // The wrapper scripts of distributions start the browser as a child.
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
