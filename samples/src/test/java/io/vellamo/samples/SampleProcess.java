package io.vellamo.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vellamo.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs samples as the command line does, but in this JVM and below a directory. */
record SampleProcess(Path directory) {
  /** What a run left. */
  record Outcome(int exitCode, String out, String err) {
    /** Returns a figure of the table. */
    String figure(String name) {
      return out.lines()
          .filter(line -> line.startsWith("  " + name + " "))
          .map(line -> line.substring(2 + name.length()).strip())
          .findFirst()
          .orElseThrow(() -> new AssertionError("no figure [" + name + "] in\n" + out + err));
    }
  }

  Path data() {
    return directory.resolve("data");
  }

  Path out() {
    return directory.resolve("out");
  }

  /** Runs a sample with {@code --data} and {@code --out} below the directory. */
  Outcome run(String sample, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.add(sample);
    arguments.addAll(List.of("--data", data().toString(), "--out", out().toString()));
    arguments.addAll(List.of(options));
    return runExactly(arguments.toArray(String[]::new));
  }

  /** Runs with nothing but the arguments. */
  static Outcome runExactly(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        Terminal.of(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    int exitCode = Samples.run(terminal, arguments);
    return new Outcome(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
