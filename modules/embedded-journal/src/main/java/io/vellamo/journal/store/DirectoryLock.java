package io.vellamo.journal.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * An exclusive lock on a directory, held by one store of one process.
 *
 * <p>The lock file names the holder. A process that dies leaves the file but not the lock.
 */
/*
 * HELD is static because file locks are held by the whole JVM: on POSIX, closing any channel on a
 * file releases all locks the process has on it, so a second opener in the same JVM must be
 * rejected before it opens the file.
 */
final class DirectoryLock implements AutoCloseable {

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final String FILE_NAME = "lock";

  /** Far beyond the text, since on Windows others cannot read a locked region. */
  private static final long LOCKED_POSITION = 1L << 40;

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Acquires the lock.
   *
   * @throws DirectoryInUseException if another store holds it
   * @throws IOException if the lock file cannot be written
   */
  static DirectoryLock acquire(Path directory) throws IOException {
    Path realDirectory = directory.toRealPath();
    if (!HELD.add(realDirectory)) {
      throw new DirectoryInUseException(realDirectory, "this process, " + ownName());
    }
    boolean acquired = false;
    try {
      FileChannel channel = lockFile(realDirectory);
      acquired = true;
      return new DirectoryLock(realDirectory, channel);
    } finally {
      if (!acquired) {
        HELD.remove(realDirectory);
      }
    }
  }

  /** Returns the lock file of a directory. */
  static Path file(Path directory) {
    return directory.resolve(FILE_NAME);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("lock of [" + directory + "] must be given free", e);
    } finally {
      HELD.remove(directory);
    }
  }

  private static FileChannel lockFile(Path directory) throws IOException {
    Path file = file(directory);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(directory, channel) == null) {
      channel.close();
      throw new DirectoryInUseException(directory, Files.readString(file).strip());
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(ownName().getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  private static @Nullable FileLock tryLock(Path directory, FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock(LOCKED_POSITION, 1, false);
    } catch (OverlappingFileLockException e) {
      // Held by a copy of this class from another class loader. The channel stays open on purpose.
      throw new DirectoryInUseException(directory, "this process, " + ownName());
    }
  }

  private static String ownName() {
    ProcessHandle process = ProcessHandle.current();
    String start = process.info().startInstant().map(Object::toString).orElse("unknown");
    return "process " + process.pid() + ", started " + start;
  }
}
