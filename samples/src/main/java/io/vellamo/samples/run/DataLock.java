package io.vellamo.samples.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a data directory, held by the one process that runs a sample on it.
 *
 * <p>The journal has a lock of its own. This one is taken earlier, before anything is written.
 */
public final class DataLock implements AutoCloseable {
  private static final String FILE_NAME = "sample.lock";
  private static final int LONGEST_PID = 20;

  /** Far beyond the text: on Windows, other processes can't read a locked region. */
  private static final long LOCKED_POSITION = 1L << 40;

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @param data the directory, which exists
   * @throws BadInputException if the lock is held already
   */
  public static DataLock acquire(Path data) throws IOException {
    FileChannel channel =
        FileChannel.open(
            data.resolve(FILE_NAME),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      if (tryLock(channel) == null) {
        throw new BadInputException(
            "--data must be used by one process at a time, found [%s] in use by process [%s]; wait for that one, or name another directory"
                .formatted(data, holder(channel)));
      }
      channel.truncate(0);
      channel.write(pid());
      locked = true;
      return new DataLock(channel);
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock(LOCKED_POSITION, 1, false);
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(LONGEST_PID);
    channel.read(text, 0);
    return StandardCharsets.US_ASCII.decode(text.flip()).toString();
  }

  private static ByteBuffer pid() {
    return StandardCharsets.US_ASCII.encode(Long.toString(ProcessHandle.current().pid()));
  }
}
