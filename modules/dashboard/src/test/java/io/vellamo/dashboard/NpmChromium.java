package io.vellamo.dashboard;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Chromium for Linux that an npm package carries, for machines without a browser. It is downloaded
 * once, 70 MB, and kept in the user's cache directory, with the libraries and fonts that it needs.
 */
final class NpmChromium {
  private static final Logger LOG = LoggerFactory.getLogger(NpmChromium.class);
  private static final String VERSION = "153.0.0";
  private static final String SHA_256 =
      "20e5656fcdcf4118ede85edfb9d6bb9cc1bbb7ffb8b75622fffbcf36a835c3c0";
  private static final int MINUTES = 10;

  /** Decompresses the package's files into the folder {@code made}; the JDK has no Brotli. */
  private static final String DECOMPRESS =
      """
      const fs = require('fs'), zlib = require('zlib');
      for (const [from, to] of [['chromium.br', 'made/chromium'], ['al2023.tar.br', 'lib.tar'], ['fonts.tar.br', 'fonts.tar']]) {
        fs.writeFileSync(to, zlib.brotliDecompressSync(fs.readFileSync('package/bin/' + from)), { mode: 0o755 });
      }
      """;

  private NpmChromium() {}

  /** Returns the program; empty if it can't be had. */
  static Optional<Path> program() {
    Path directory = cache().resolve("chromium-" + VERSION);
    Path program = directory.resolve("chromium");
    if (Files.isExecutable(program)) {
      return Optional.of(program);
    }
    if (!isSupported()) {
      return Optional.empty();
    }
    LOG.warn("This machine has no Chromium: one is downloaded by npm to [{}]", directory);
    try {
      Files.createDirectories(directory.getParent());
      Path work = Files.createTempDirectory(directory.getParent(), "chromium");
      try {
        make(work);
        Files.move(work.resolve("made"), directory);
      } finally {
        delete(work);
      }
      return Optional.of(program);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("The Chromium of npm can't be had", e);
      // Another process may have been faster.
      return Optional.of(program).filter(Files::isExecutable);
    }
  }

  /** Adds the libraries and the fonts that belong to a program, if it is the one of npm. */
  static void addEnvironment(Path program, ProcessBuilder process) {
    Path libraries = program.resolveSibling("lib");
    if (Files.isDirectory(libraries)) {
      process.environment().put("LD_LIBRARY_PATH", libraries.toString());
      process.environment().put("FONTCONFIG_PATH", program.resolveSibling("fonts").toString());
    }
  }

  private static void make(Path work) throws IOException, InterruptedException {
    run(work, "npm", "pack", "--silent", "@sparticuz/chromium@" + VERSION);
    Path archive = work.resolve("sparticuz-chromium-" + VERSION + ".tgz");
    String found = sha256(archive);
    if (!found.equals(SHA_256)) {
      throw new IOException(
          "%s must have the SHA-256 [%s], had [%s]".formatted(archive, SHA_256, found));
    }
    Files.createDirectories(work.resolve("made/fonts"));
    run(work, "tar", "xzf", archive.toString());
    run(work, "node", "-e", DECOMPRESS);
    run(work, "tar", "xf", "lib.tar", "-C", "made");
    run(work, "tar", "xf", "fonts.tar", "-C", "made/fonts");
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Each JDK must have SHA-256", e);
    }
  }

  private static void run(Path directory, String... command)
      throws IOException, InterruptedException {
    File log = directory.resolve("output.log").toFile();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    if (!ended) {
      process.destroyForcibly();
    }
    if (!ended || process.exitValue() != 0) {
      throw new IOException(
          "%s must succeed within %d minutes, printed [%s]"
              .formatted(command[0], MINUTES, Files.readString(log.toPath()).strip()));
    }
  }

  private static boolean isSupported() {
    String architecture = System.getProperty("os.arch");
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")
        && List.of("amd64", "x86_64").contains(architecture)
        && Stream.of("npm", "node", "tar").allMatch(NpmChromium::isOnThePath);
  }

  private static boolean isOnThePath(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static Path cache() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path root =
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return root.resolve("vellamo");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
