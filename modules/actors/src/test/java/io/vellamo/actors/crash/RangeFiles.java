package io.vellamo.actors.crash;

import io.vellamo.api.sink.EpochRows;
import io.vellamo.api.sink.ParallelSink;
import io.vellamo.api.sink.ShardRange;
import io.vellamo.api.sink.ShardWriter;
import io.vellamo.api.sink.SinkContext;
import io.vellamo.api.sink.SinkGuarantee;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;

/**
 * A file for each range and epoch, which is forced to the disk when it is written and gets its name
 * when it is committed. Two processes at once are not locked out.
 */
record RangeFiles<U>(Path directory, Function<? super U, String> line, CrashPoint crash)
    implements ParallelSink<U> {
  @Override
  public String description() {
    return "RangeFiles[%s]".formatted(directory);
  }

  @Override
  public SinkGuarantee guarantee() {
    return SinkGuarantee.TRANSACTIONAL;
  }

  @Override
  public ShardWriter<U> open(SinkContext context, ShardRange shards, long owner)
      throws IOException {
    Files.createDirectories(directory);
    return new Writer(shards);
  }

  private final class Writer implements ShardWriter<U> {
    private final ShardRange shards;

    Writer(ShardRange shards) {
      this.shards = shards;
    }

    private Path file(long epoch, String ending) {
      return directory.resolve("part-%s-%d.%s".formatted(shards, epoch, ending));
    }

    @Override
    public void write(EpochRows<? extends U> rows) throws IOException {
      if (Files.exists(file(rows.epoch(), "jsonl"))) {
        return;
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < rows.size(); i++) {
        text.append(line.apply(rows.row(i))).append('\n');
      }
      try (FileChannel channel =
          FileChannel.open(
              file(rows.epoch(), "tmp"),
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      crash.pass(CrashStep.RANGE_WRITTEN);
    }

    @Override
    public boolean holds(long epoch) {
      return Files.exists(file(epoch, "jsonl")) || Files.exists(file(epoch, "tmp"));
    }

    @Override
    public void commit(long epoch) throws IOException {
      crash.pass(CrashStep.RANGE_COMMITS);
      if (!Files.exists(file(epoch, "jsonl"))) {
        Files.move(file(epoch, "tmp"), file(epoch, "jsonl"), StandardCopyOption.ATOMIC_MOVE);
      }
      crash.pass(CrashStep.RANGE_COMMITTED);
    }

    @Override
    public void close() {}
  }
}
