package io.vellamo.persistence.journal;

import io.vellamo.api.query.EventCounts;
import io.vellamo.api.source.Offsets;
import io.vellamo.api.source.SourcePartition;
import io.vellamo.engine.epoch.EpochCommit;
import io.vellamo.engine.epoch.EpochPlan;
import io.vellamo.engine.epoch.InputWatermark;
import io.vellamo.engine.epoch.PartitionWatermark;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.epoch.StateShapes;
import io.vellamo.engine.journal.DefinitionRecord.VariablesDeclared;
import io.vellamo.engine.journal.JournalRecord.QueryCreated;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.QuerySnapshot;
import io.vellamo.engine.journal.Reshards;
import io.vellamo.engine.journal.ShardLayout;
import io.vellamo.engine.time.Watermark;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The layout of the records of a query's coordinator. */
final class QueryFormat {
  private QueryFormat() {}

  static void writeDeclared(VariablesDeclared declared, BinaryOutput out) {
    out.writeUnsigned(declared.operator());
    OperatorFormat.writeVariables(declared.variables(), out);
  }

  static VariablesDeclared readDeclared(BinaryInput in) {
    return new VariablesDeclared((int) in.readUnsigned(), OperatorFormat.readVariables(in));
  }

  static void writeLayouts(List<String> layouts, BinaryOutput out) {
    out.writeUnsigned(layouts.size());
    layouts.forEach(out::writeText);
  }

  static List<String> readLayouts(BinaryInput in) {
    int size = in.readCount();
    List<String> layouts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      layouts.add(in.readText());
    }
    return layouts;
  }

  static void writeResumed(QueryResumed resumed, BinaryOutput out) {
    out.writeUnsigned(resumed.incarnation());
    out.writeText(resumed.stateShape());
  }

  static QueryResumed readResumed(BinaryInput in) {
    return new QueryResumed(in.readUnsigned(), in.readText());
  }

  static void writeCommit(EpochCommit commit, BinaryOutput out) {
    out.writeUnsigned(commit.epoch());
    out.writeWatermark(commit.nextWatermark());
    writeCounts(commit.events(), out);
    writeInputs(commit.inputs(), version(commit), out);
  }

  /**
   * Reads a commit.
   *
   * @param version 1, or 2 with the watermarks of partitions
   */
  static EpochCommit readCommit(BinaryInput in, int version) {
    return new EpochCommit(
        in.readUnsigned(), in.readWatermark(), readCounts(in), readInputs(in, version));
  }

  /** Returns the version in which a commit is written: 1 as long as it suffices. */
  static int version(EpochCommit commit) {
    return version(commit.inputs());
  }

  /** Returns the version in which a snapshot is written: 1 as long as it suffices. */
  static int version(QuerySnapshot snapshot) {
    if (!snapshot.reshards().equals(Reshards.NONE)) {
      return 4;
    }
    return snapshot.sinkRanges() > 0 ? 3 : version(snapshot.ledger().inputs());
  }

  private static int version(List<InputWatermark> inputs) {
    return inputs.stream().allMatch(input -> input.partitions().isEmpty()) ? 1 : 2;
  }

  static void writeSnapshot(QuerySnapshot snapshot, BinaryOutput out) {
    OperatorFormat.writeCreated(snapshot.created(), out);
    QueryLedger ledger = snapshot.ledger();
    out.writeUnsigned(ledger.incarnation());
    out.writeUnsigned(ledger.committedEpoch());
    out.writeWatermark(ledger.watermark());
    out.writeWatermark(ledger.nextWatermark());
    out.writeSigned(ledger.processingTimeMillis());
    writeCounts(ledger.total(), out);
    Map<SourcePartition, Long> offsets = ledger.offsets().asMap();
    out.writeUnsigned(offsets.size());
    offsets.forEach(
        (partition, offset) -> {
          out.writeText(partition.name());
          out.writeUnsigned(offset);
          out.writeText(ledger.offsets().mark(partition));
        });
    EpochPlan planned = ledger.planned();
    out.writeByte(planned == null ? 0 : 1);
    if (planned != null) {
      PlanFormat.write(planned, out);
    }
    out.writeText(ledger.shapes().running());
    out.writeText(ledger.shapes().proven());
    int version = version(snapshot);
    writeInputs(ledger.inputs(), version, out);
    writeLayouts(snapshot.layouts(), out);
    if (version > 2) {
      out.writeUnsigned(snapshot.sinkRanges());
    }
    if (version > 3) {
      writeReshards(snapshot.created().layout(), snapshot.reshards(), out);
    }
  }

  private static void writeReshards(ShardLayout layout, Reshards reshards, BinaryOutput out) {
    writeLayout(layout, out);
    out.writeUnsigned(reshards.lastGeneration());
    out.writeUnsigned(reshards.obsolete().size());
    reshards.obsolete().forEach(obsolete -> writeLayout(obsolete, out));
  }

  private static Reshards readReshards(BinaryInput in) {
    int lastGeneration = Math.toIntExact(in.readUnsigned());
    int count = in.readCount();
    List<ShardLayout> obsolete = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      obsolete.add(readLayout(in));
    }
    return new Reshards(lastGeneration, obsolete);
  }

  static void writeLayout(ShardLayout layout, BinaryOutput out) {
    out.writeUnsigned(layout.generation());
    out.writeUnsigned(layout.shards());
    out.writeUnsigned(layout.beginsWith());
  }

  static ShardLayout readLayout(BinaryInput in) {
    return new ShardLayout(
        Math.toIntExact(in.readUnsigned()), Math.toIntExact(in.readUnsigned()), in.readUnsigned());
  }

  /**
   * Reads a snapshot.
   *
   * @param version 1, from 2 on with the watermarks of partitions, from 3 on with ranges at the
   *     sink, from 4 on with changes of the number of shards
   */
  static QuerySnapshot readSnapshot(BinaryInput in, int version) {
    QueryCreated created = OperatorFormat.readCreated(in);
    long incarnation = in.readUnsigned();
    long committedEpoch = in.readUnsigned();
    Watermark watermark = in.readWatermark();
    Watermark nextWatermark = in.readWatermark();
    long processingTimeMillis = in.readSigned();
    EventCounts total = readCounts(in);
    int count = in.readCount();
    Map<SourcePartition, Long> offsets = new TreeMap<>();
    Map<SourcePartition, String> marks = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      SourcePartition partition = new SourcePartition(in.readText());
      offsets.put(partition, in.readUnsigned());
      marks.put(partition, in.readText());
    }
    @Nullable EpochPlan planned = in.readByte() == 0 ? null : PlanFormat.read(in);
    StateShapes shapes = new StateShapes(in.readText(), in.readText());
    List<InputWatermark> inputs = readInputs(in, version);
    QueryLedger ledger =
        new QueryLedger(
            created.id(),
            created.shards(),
            incarnation,
            committedEpoch,
            Offsets.of(offsets, marks),
            watermark,
            nextWatermark,
            processingTimeMillis,
            total,
            planned,
            shapes,
            inputs);
    List<String> layouts = readLayouts(in);
    int sinkRanges = version > 2 ? Math.toIntExact(in.readUnsigned()) : 0;
    if (version < 4) {
      return new QuerySnapshot(created, ledger, layouts, sinkRanges, Reshards.NONE);
    }
    ShardLayout layout = readLayout(in);
    return new QuerySnapshot(created.with(layout), ledger, layouts, sinkRanges, readReshards(in));
  }

  private static void writeInputs(List<InputWatermark> inputs, int version, BinaryOutput out) {
    out.writeUnsigned(inputs.size());
    for (InputWatermark input : inputs) {
      out.writeWatermark(input.watermark());
      out.writeSigned(input.lastEventMillis());
      if (version > 1) {
        writePartitions(input.partitions(), out);
      }
    }
  }

  private static void writePartitions(
      SortedMap<SourcePartition, PartitionWatermark> partitions, BinaryOutput out) {
    out.writeUnsigned(partitions.size());
    partitions.forEach(
        (partition, watermark) -> {
          out.writeText(partition.name());
          out.writeWatermark(watermark.watermark());
          out.writeSigned(watermark.lastEventMillis());
        });
  }

  private static List<InputWatermark> readInputs(BinaryInput in, int version) {
    int count = in.readCount();
    List<InputWatermark> inputs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      inputs.add(
          new InputWatermark(
              in.readWatermark(),
              in.readSigned(),
              version > 1 ? readPartitions(in) : Collections.emptySortedMap()));
    }
    return List.copyOf(inputs);
  }

  private static SortedMap<SourcePartition, PartitionWatermark> readPartitions(BinaryInput in) {
    int count = in.readCount();
    SortedMap<SourcePartition, PartitionWatermark> partitions = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      SourcePartition partition = new SourcePartition(in.readText());
      partitions.put(partition, new PartitionWatermark(in.readWatermark(), in.readSigned()));
    }
    return partitions;
  }

  private static void writeCounts(EventCounts counts, BinaryOutput out) {
    out.writeUnsigned(counts.processed());
    out.writeUnsigned(counts.late());
    out.writeUnsigned(counts.deadLettered());
  }

  private static EventCounts readCounts(BinaryInput in) {
    return new EventCounts(in.readUnsigned(), in.readUnsigned(), in.readUnsigned());
  }
}
