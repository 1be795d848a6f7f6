package io.vellamo.journal.store;

import io.vellamo.journal.store.LogScan.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ends of RocksDB's log and manifest, as far as they are what a crash left of a last write:
 * with nothing sound behind. They are cut off, and put back if the files then lack what was
 * acknowledged.
 *
 * <p>A name of the current manifest that was written before the manifest itself has one is mended
 * too.
 *
 * <p><b>Threading</b> for one thread.
 */
/*
 * RocksDB takes a last record that is incomplete for the end of the log. But a loss of power can
 * also keep the size of a file and lose some of its sectors, which it takes for a damage.
 */
final class UnsyncedEnds {

  private static final String MANIFEST = "MANIFEST-";

  private final Path rocks;
  private final long updates;
  private final @Nullable Damage logDamage;
  private final List<Cut> cuts = new ArrayList<>();
  private boolean accepted;

  private UnsyncedEnds(Path rocks, LogScan log) {
    this.rocks = rocks;
    this.updates = log.updates();
    this.logDamage = log.damage();
  }

  /** Looks at the files. */
  static UnsyncedEnds find(Path rocks) throws IOException {
    return new UnsyncedEnds(rocks, LogScan.of(rocks));
  }

  /** Returns the number of the last update in a whole record of the log, 0 if there is none. */
  long updates() {
    return updates;
  }

  /** Returns what is behind the last whole record of the log. */
  @Nullable Damage logDamage() {
    return logDamage;
  }

  /**
   * Cuts off what is not whole at the ends.
   *
   * @param copies if given, the log is cut whatever is behind its damage, and a copy of it is kept
   *     in that directory; {@code null} otherwise
   */
  void cut(@Nullable Path copies) throws IOException {
    if (logDamage != null && copies != null) {
      Path file = logDamage.file();
      Files.copy(
          file,
          copies.resolve(file.getFileName() + ".damaged"),
          StandardCopyOption.REPLACE_EXISTING);
      truncate(file, logDamage.wholeBytes());
    } else if (logDamage != null
        && logDamage.isEnd()
        && Files.size(logDamage.file()) > logDamage.wholeBytes()) {
      cut(logDamage);
    }
    mendCurrent();
    Path manifest = currentManifest();
    if (manifest != null && Files.exists(manifest)) {
      Damage damage = LogScan.ofFile(manifest).damage();
      if (damage != null && damage.isEnd() && damage.wholeBytes() > 0) {
        cut(damage);
      }
    }
  }

  /** Lets the cuts be; a copy of what was not only incomplete is kept in a directory. */
  void accept(Path copies, Consumer<String> warnings) throws IOException {
    accepted = true;
    for (Cut cut : cuts) {
      if (!cut.damage.isIncomplete()) {
        Path copy = copies.resolve(cut.damage.file().getFileName() + ".end");
        Files.write(copy, cut.bytes);
        warnings.accept(
            String.format(
                "File [%s] ended with [%d] bytes of a write that was not acknowledged, found [%s], as"
                    + " a loss of power leaves it; they are cut off and kept in [%s]",
                cut.damage.file(), cut.bytes.length, cut.damage, copy));
      }
    }
  }

  /** Puts back what was cut off, unless that was accepted. */
  void restoreUnlessAccepted() throws IOException {
    if (accepted) {
      return;
    }
    for (Cut cut : cuts) {
      if (Files.exists(cut.damage.file())) {
        try (FileChannel file = FileChannel.open(cut.damage.file(), StandardOpenOption.WRITE)) {
          file.write(ByteBuffer.wrap(cut.bytes), cut.damage.wholeBytes());
          file.force(true);
        }
      }
    }
  }

  private void cut(Damage damage) throws IOException {
    byte[] content = Files.readAllBytes(damage.file());
    int from = (int) damage.wholeBytes();
    byte[] end = new byte[content.length - from];
    System.arraycopy(content, from, end, 0, end.length);
    cuts.add(new Cut(damage, end));
    truncate(damage.file(), damage.wholeBytes());
  }

  private static void truncate(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(size);
      channel.force(true);
    }
  }

  private @Nullable Path currentManifest() throws IOException {
    Path current = rocks.resolve("CURRENT");
    if (!Files.exists(current)) {
      return null;
    }
    String name = new String(Files.readAllBytes(current), StandardCharsets.ISO_8859_1).strip();
    return name.matches(MANIFEST + "\\d+") ? rocks.resolve(name) : null;
  }

  /** Has CURRENT name the newest manifest there is, if it names one that is not there. */
  private void mendCurrent() throws IOException {
    Path named = currentManifest();
    if (named == null || Files.exists(named)) {
      return;
    }
    Path newest;
    try (Stream<Path> files = Files.list(rocks)) {
      newest =
          files
              .filter(file -> file.getFileName().toString().startsWith(MANIFEST))
              .max(Comparator.naturalOrder())
              .orElse(null);
    }
    if (newest != null) {
      Path unfinished = rocks.resolve("CURRENT.dbtmp");
      Files.writeString(unfinished, newest.getFileName() + "\n");
      DurableFiles.syncFile(unfinished);
      DurableFiles.rename(unfinished, rocks.resolve("CURRENT"));
    }
  }

  /** What was cut off. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Cut(Damage damage, byte[] bytes) {}
}
