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
 * The ends of RocksDB's log and manifest that a crash left of an interrupted last write, with no
 * sound record after them. They are cut off, and restored if the files then lack acknowledged
 * updates.
 *
 * <p>A {@code CURRENT} file that names a missing manifest is repaired too.
 *
 * <p><b>Threading</b> used by one thread.
 */
/*
 * RocksDB accepts an incomplete last record as the end of the log. But a power loss can also keep
 * the size of a file and lose some of its sectors, which RocksDB reports as damage.
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

  /** Scans the files. */
  static UnsyncedEnds find(Path rocks) throws IOException {
    return new UnsyncedEnds(rocks, LogScan.of(rocks));
  }

  /** Returns the number of the last update in a whole record of the log, 0 if there is none. */
  long updates() {
    return updates;
  }

  /** Returns the number of the last update that the log shows to be synced, 0 if there is none. */
  long syncedUpdates() {
    return logDamage == null ? 0 : logDamage.syncedUpdates();
  }

  /** Returns the damage after the last whole record of the log, {@code null} if there is none. */
  @Nullable Damage logDamage() {
    return logDamage;
  }

  /**
   * Cuts off the incomplete ends.
   *
   * @param copies the directory for a copy of the damaged log, which is then cut even if sound
   *     records follow the damage; {@code null} to cut only ends without such records
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

  /** Accepts the cuts. Ends that are more than an incomplete record are saved in a directory. */
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

  /** Restores the cut ends, unless the cuts were accepted. */
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

  /** Makes CURRENT name the newest existing manifest if it names a missing one. */
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

  /** An end that was cut off. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Cut(Damage damage, byte[] bytes) {}
}
