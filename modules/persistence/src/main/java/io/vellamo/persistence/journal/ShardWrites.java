package io.vellamo.persistence.journal;

import io.vellamo.engine.group.Pieces;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.persistence.journal.JournalRecord.DeadLettersRecorded;
import io.vellamo.persistence.journal.JournalRecord.InputsRecorded;
import io.vellamo.persistence.journal.JournalRecord.ShardChanged;
import io.vellamo.persistence.journal.JournalRecord.ShardChangedPart;
import io.vellamo.persistence.journal.JournalRecord.ShardRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Divides what an epoch leaves in a shard into records and atomic writes. */
public final class ShardWrites {
  private record Sized(ShardRecord value, long size) {}

  private ShardWrites() {}

  /**
   * Returns the atomic writes of an epoch, in order; usually one of one record. The last record is
   * the {@link ShardChanged} that makes all of them count.
   *
   * @param change what the epoch changed
   * @param inputs its events; null if they are not recorded
   * @param deadLetters its dead letters; null if there are none
   * @param options the bounds
   */
  public static List<List<ShardRecord>> of(
      ShardChange change,
      @Nullable ShardInputs inputs,
      @Nullable ShardDeadLetters deadLetters,
      JournalOptions options) {
    List<Sized> records = new ArrayList<>();
    if (inputs != null) {
      for (ShardInputs part : inputs.split(options.maxRecordBytes())) {
        records.add(new Sized(new InputsRecorded(part), part.size()));
      }
    }
    if (deadLetters != null) {
      for (ShardDeadLetters part : deadLetters.split(options.maxRecordBytes())) {
        records.add(new Sized(new DeadLettersRecorded(part), part.size()));
      }
    }
    List<ShardChange> parts = change.split(options.maxRecordBytes());
    ShardChange last = parts.get(parts.size() - 1);
    for (ShardChange part : parts.subList(0, parts.size() - 1)) {
      records.add(new Sized(new ShardChangedPart(part), part.size()));
    }
    records.add(new Sized(new ShardChanged(last), last.size()));
    List<List<ShardRecord>> writes = new ArrayList<>();
    for (List<Sized> some : Pieces.of(records, Sized::size, options.maxWriteBytes())) {
      writes.add(some.stream().map(Sized::value).toList());
    }
    return writes;
  }
}
