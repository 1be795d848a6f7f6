package io.vellamo.connectors.file;

import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The directory of one query's part files, each of which appears complete and synced. */
final class PartDirectory implements Closeable {
  private final Path directory;
  private final PartNames names;
  private final Manifest manifest;

  private PartDirectory(Path directory, PartNames names, Manifest manifest) {
    this.directory = directory;
    this.names = names;
    this.manifest = manifest;
  }

  static PartDirectory open(Path directory, PartNames names, SinkContext context, String sink) {
    try {
      Files.createDirectories(directory);
      Optional<Manifest> locked = Manifest.lock(directory.resolve(names.manifest()));
      if (locked.isEmpty()) {
        throw new SinkException(
            sink,
            "Sink [%s] must be the only one that writes files of query [%s] there, but another has"
                    .formatted(sink, context.queryName())
                + " them open; give each its own directory",
            null);
      }
      PartDirectory parts = new PartDirectory(directory, names, locked.get());
      try {
        parts.claim(context, sink);
      } catch (IOException | SinkException e) {
        parts.close();
        throw e;
      }
      return parts;
    } catch (IOException e) {
      throw new SinkException(
          sink,
          "Directory of sink [%s] must be one that can be created and written, failed with [%s: %s];"
                  .formatted(sink, e.getClass().getSimpleName(), e.getMessage())
              + " see its permissions",
          e);
    }
  }

  private void claim(SinkContext context, String sink) throws IOException {
    List<Path> files;
    try (Stream<Path> children = Files.list(directory)) {
      files = children.toList();
    }
    OptionalLong last = files.stream().map(this::epoch).flatMapToLong(OptionalLong::stream).max();
    boolean own = manifest.owner().filter(context.queryId()::equals).isPresent();
    if (last.isPresent() && (!own || last.getAsLong() > context.committedEpoch() + 1)) {
      throw otherRun(last.getAsLong(), own, context, sink);
    }
    for (Path file : files) {
      if (names.isTemporary(file.getFileName().toString())) {
        Files.delete(file);
      }
    }
    if (!own) {
      manifest.write(context.queryId());
      forceDirectory();
    }
  }

  private SinkException otherRun(long last, boolean own, SinkContext context, String sink) {
    String found =
        own
            ? "while the query has committed [%d]".formatted(context.committedEpoch())
            : "of a query with another id";
    return new SinkException(
        sink,
        "Sink [%s] must not hold files of another run of query [%s], but it has epoch [%d] %s;"
                .formatted(sink, context.queryName(), last, found)
            + " choose an empty directory or delete the old files [%s-*%s]"
                .formatted(names.query(), names.suffix()),
        null);
  }

  private OptionalLong epoch(Path file) {
    return names.epoch(file.getFileName().toString());
  }

  /**
   * Writes a part file atomically and syncs it; if this throws before the file has its name, the
   * former file remains.
   */
  void write(long epoch, Content content) throws IOException {
    Path temporary = directory.resolve(names.temporary(epoch));
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      content.writeTo(Channels.newOutputStream(channel));
      channel.force(true);
      Files.move(
          temporary,
          directory.resolve(names.part(epoch)),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException e) {
      deleteAfter(e, temporary);
      throw e;
    }
    forceDirectory();
  }

  private static void deleteAfter(Exception failure, Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }

  /**
   * Makes new names durable; where a directory can't be opened, as on Windows, they are durable
   * immediately.
   */
  private void forceDirectory() throws IOException {
    if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() throws IOException {
    manifest.close();
  }

  /** The content of a part file. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }
}
