package io.vellamo.connectors.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/** The file that names the query that owns the part files; locked while it is open. */
final class Manifest implements Closeable {
  private static final String PREFIX = "vellamo part files, version 1, query ";
  private static final int LENGTH = PREFIX.length() + 36;

  private final FileChannel channel;

  private Manifest(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens and locks the file; returns empty if another writer has it open, in this process or
   * another.
   */
  static Optional<Manifest> lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // locked by another thread of this JVM
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? Optional.of(new Manifest(channel)) : Optional.empty();
  }

  /** Returns the query that owns the files; empty if no complete entry was written. */
  Optional<UUID> owner() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    int count = 0;
    while (count >= 0 && bytes.hasRemaining()) {
      count = channel.read(bytes, bytes.position());
    }
    String text = new String(bytes.array(), 0, bytes.position(), US_ASCII);
    return text.length() == LENGTH && text.startsWith(PREFIX)
        ? Optional.of(UUID.fromString(text.substring(PREFIX.length())))
        : Optional.empty();
  }

  void write(UUID owner) throws IOException {
    channel.truncate(0);
    ByteBuffer bytes = ByteBuffer.wrap((PREFIX + owner).getBytes(US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
