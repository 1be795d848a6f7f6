package io.vellamo.engine.journal;

import io.vellamo.engine.group.Pieces;
import io.vellamo.engine.journal.JournalRecord.DeadLettersRecorded;
import io.vellamo.engine.journal.JournalRecord.InputsRecorded;
import io.vellamo.engine.journal.JournalRecord.ParksChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChanged;
import io.vellamo.engine.journal.JournalRecord.ShardChangedPart;
import io.vellamo.engine.journal.JournalRecord.ShardRecord;
import io.vellamo.engine.shard.EpochEffects;
import io.vellamo.engine.shard.ShardChange;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.ShardInputs;
import io.vellamo.engine.shard.ShardParks;
import java.util.ArrayList;
import java.util.List;

/** The division of an epoch's effects on a shard into records and atomic writes. */
public final class ShardWrites {
  private record Sized(ShardRecord value, long size) {}

  private ShardWrites() {}

  /**
   * Returns the atomic writes of an epoch, in order; usually one write of one record. The last
   * record is the {@link ShardChanged} with which all of them take effect.
   *
   * @param effects the effects of the epoch
   * @param limits the size limits
   */
  public static List<List<ShardRecord>> of(EpochEffects effects, JournalLimits limits) {
    long most = limits.maxRecordBytes();
    List<Sized> records = new ArrayList<>();
    ShardInputs inputs = effects.inputs();
    if (inputs != null) {
      for (ShardInputs part : inputs.split(most)) {
        records.add(new Sized(new InputsRecorded(records.size(), part), part.size()));
      }
    }
    ShardDeadLetters letters = effects.deadLetters();
    if (letters != null) {
      for (ShardDeadLetters part : letters.split(most)) {
        records.add(new Sized(new DeadLettersRecorded(records.size(), part), part.size()));
      }
    }
    ShardParks parks = effects.parks();
    if (parks != null) {
      for (ShardParks part : parks.split(most)) {
        records.add(new Sized(new ParksChanged(records.size(), part), part.size()));
      }
    }
    addChange(effects.change(), most, records);
    List<List<ShardRecord>> writes = new ArrayList<>();
    for (List<Sized> some : Pieces.of(records, Sized::size, limits.maxWriteBytes())) {
      writes.add(some.stream().map(Sized::value).toList());
    }
    return writes;
  }

  private static void addChange(ShardChange change, long most, List<Sized> records) {
    List<ShardChange> parts = change.split(most);
    ShardChange last = parts.get(parts.size() - 1);
    for (ShardChange part : parts.subList(0, parts.size() - 1)) {
      records.add(new Sized(new ShardChangedPart(records.size(), part), part.size()));
    }
    records.add(new Sized(new ShardChanged(records.size(), last), last.size()));
  }
}
