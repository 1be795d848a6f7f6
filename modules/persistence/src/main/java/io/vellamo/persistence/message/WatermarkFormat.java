package io.vellamo.persistence.message;

import io.vellamo.api.query.WatermarkReport;
import io.vellamo.api.query.WatermarkReport.Input;
import io.vellamo.api.query.WatermarkReport.NewestEvent;
import io.vellamo.api.query.WatermarkReport.Partition;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;

/** The layout of the report of a watermark. Fields are only appended, see {@link OpenBlock}. */
final class WatermarkFormat {
  private WatermarkFormat() {}

  static void write(WatermarkReport report, BinaryOutput out) {
    TimeFormat.write(report.watermark(), out);
    ListFormat.<Input>write(
        report.inputs(), (each, into) -> OpenBlock.write(each, WatermarkFormat::write, into), out);
  }

  static WatermarkReport read(BinaryInput in) {
    return new WatermarkReport(
        TimeFormat.readOptional(in),
        ListFormat.read(from -> OpenBlock.read(WatermarkFormat::readInput, from), in));
  }

  private static void write(Input input, BinaryOutput out) {
    out.writeShownText(input.name());
    TimeFormat.write(input.watermark(), out);
    TimeFormat.write(input.delay(), out);
    ListFormat.<NewestEvent>write(
        input.heldBy(), (each, into) -> OpenBlock.write(each, WatermarkFormat::write, into), out);
    out.writeUnsigned(input.eventsSince());
    out.writeUnsigned(input.futureEvents());
    out.writeByte(input.idle() ? 1 : 0);
    ListFormat.<Partition>write(
        input.partitions(),
        (each, into) -> OpenBlock.write(each, WatermarkFormat::write, into),
        out);
  }

  private static Input readInput(BinaryInput in) {
    return new Input(
        in.readText(),
        TimeFormat.readOptional(in),
        TimeFormat.readDuration(in),
        ListFormat.readOptional(from -> OpenBlock.read(WatermarkFormat::readNewest, from), in),
        in.readUnsigned(),
        in.readUnsigned(),
        in.readByte() != 0,
        ListFormat.read(from -> OpenBlock.read(WatermarkFormat::readPartition, from), in));
  }

  private static void write(NewestEvent newest, BinaryOutput out) {
    TimeFormat.write(newest.eventTime(), out);
    out.writeShownText(newest.partition());
    out.writeUnsigned(newest.offset());
    out.writeUnsigned(newest.epoch());
    TimeFormat.write(newest.since(), out);
  }

  private static NewestEvent readNewest(BinaryInput in) {
    return new NewestEvent(
        TimeFormat.readInstant(in),
        in.readText(),
        in.readUnsigned(),
        in.readUnsigned(),
        TimeFormat.readInstant(in));
  }

  private static void write(Partition partition, BinaryOutput out) {
    out.writeShownText(partition.name());
    TimeFormat.write(partition.watermark(), out);
    out.writeByte(partition.idle() ? 1 : 0);
  }

  private static Partition readPartition(BinaryInput in) {
    return new Partition(in.readText(), TimeFormat.readOptional(in), in.readByte() != 0);
  }
}
