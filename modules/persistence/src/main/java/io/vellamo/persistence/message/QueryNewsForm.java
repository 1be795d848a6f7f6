package io.vellamo.persistence.message;

import io.vellamo.api.SerializationException;
import io.vellamo.api.query.HotKeys;
import io.vellamo.api.query.Outage;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QueryNews.CallFailed;
import io.vellamo.engine.protocol.query.QueryNews.ClockBehind;
import io.vellamo.engine.protocol.query.QueryNews.ClockCaughtUp;
import io.vellamo.engine.protocol.query.QueryNews.HotKeysFound;
import io.vellamo.engine.protocol.query.QueryNews.Idle;
import io.vellamo.engine.protocol.query.QueryNews.OutageEnded;
import io.vellamo.engine.protocol.query.QueryNews.Progress;
import io.vellamo.engine.protocol.query.QueryNews.ShardRestarting;
import io.vellamo.engine.protocol.query.QueryNews.Started;
import io.vellamo.engine.protocol.query.QueryNews.Status;
import io.vellamo.engine.protocol.query.QueryNews.WatermarkMoved;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;

/**
 * The binary form of what a query tells its observers. Fields that a newer version has appended to
 * a report are ignored.
 */
public final class QueryNewsForm {
  private static final String WHAT = "news of a query";

  private static final int STARTED = 1;
  private static final int STATUS = 2;
  private static final int PROGRESS = 3;
  private static final int WATERMARK_MOVED = 4;
  private static final int IDLE = 5;
  private static final int CLOCK_BEHIND = 6;
  private static final int CLOCK_CAUGHT_UP = 7;
  private static final int CALL_FAILED = 8;
  private static final int OUTAGE_ENDED = 9;
  private static final int SHARD_RESTARTING = 10;
  private static final int HOT_KEYS_FOUND = 11;

  private QueryNewsForm() {}

  /** Returns the bytes of news. */
  public static byte[] write(QueryNews news) {
    return FormBytes.write(news, QueryNewsForm::write);
  }

  /**
   * Returns the news of some bytes.
   *
   * @throws SerializationException if they are damaged, or the form is not known
   */
  public static QueryNews read(byte[] bytes) {
    return FormBytes.read(WHAT, bytes, QueryNewsForm::read);
  }

  private static void write(QueryNews news, BinaryOutput out) {
    if (news instanceof Started started) {
      out.writeByte(STARTED);
      out.writeUuid(started.id());
    } else if (news instanceof Status status) {
      out.writeByte(STATUS);
      out.writeShownText(status.message());
      out.writeByte(status.isDataAvailable() ? 1 : 0);
      out.writeByte(status.isTriggerActive() ? 1 : 0);
    } else if (news instanceof Progress progress) {
      out.writeByte(PROGRESS);
      OpenBlock.write(progress.progress(), ProgressFormat::write, out);
    } else if (news instanceof WatermarkMoved moved) {
      out.writeByte(WATERMARK_MOVED);
      OpenBlock.write(moved.report(), WatermarkFormat::write, out);
    } else if (news instanceof Idle) {
      out.writeByte(IDLE);
    } else if (news instanceof ClockBehind behind) {
      out.writeByte(CLOCK_BEHIND);
      TimeFormat.write(behind.shown(), out);
      TimeFormat.write(behind.processingTime(), out);
    } else if (news instanceof ClockCaughtUp caughtUp) {
      out.writeByte(CLOCK_CAUGHT_UP);
      TimeFormat.write(caughtUp.shown(), out);
    } else if (news instanceof CallFailed failed) {
      out.writeByte(CALL_FAILED);
      OpenBlock.write(failed.outage(), QueryNewsForm::write, out);
    } else if (news instanceof OutageEnded ended) {
      out.writeByte(OUTAGE_ENDED);
      OpenBlock.write(ended.outage(), QueryNewsForm::write, out);
      TimeFormat.write(ended.lasted(), out);
    } else if (news instanceof ShardRestarting restarting) {
      out.writeByte(SHARD_RESTARTING);
      out.writeUnsigned(restarting.shard());
      out.writeShownText(restarting.operator());
      out.writeShownText(restarting.reason());
      TimeFormat.write(restarting.backoff(), out);
    } else if (news instanceof HotKeysFound found) {
      out.writeByte(HOT_KEYS_FOUND);
      ListFormat.<HotKeys>write(
          found.reports(), (each, into) -> OpenBlock.write(each, WorkFormat::write, into), out);
    } else {
      throw new AssertionError("unhandled " + news.getClass());
    }
  }

  private static QueryNews read(BinaryInput in) {
    int form = in.readByte();
    return switch (form) {
      case STARTED -> new Started(in.readUuid());
      case STATUS -> new Status(in.readText(), in.readByte() != 0, in.readByte() != 0);
      case PROGRESS -> new Progress(OpenBlock.read(ProgressFormat::read, in));
      case WATERMARK_MOVED -> new WatermarkMoved(OpenBlock.read(WatermarkFormat::read, in));
      case IDLE -> new Idle();
      case CLOCK_BEHIND -> new ClockBehind(TimeFormat.readInstant(in), TimeFormat.readInstant(in));
      case CLOCK_CAUGHT_UP -> new ClockCaughtUp(TimeFormat.readInstant(in));
      case CALL_FAILED -> new CallFailed(OpenBlock.read(QueryNewsForm::readOutage, in));
      case OUTAGE_ENDED ->
          new OutageEnded(
              OpenBlock.read(QueryNewsForm::readOutage, in), TimeFormat.readDuration(in));
      case SHARD_RESTARTING ->
          new ShardRestarting(
              ShardValues.readInt(in), in.readText(), in.readText(), TimeFormat.readDuration(in));
      case HOT_KEYS_FOUND ->
          new HotKeysFound(
              ListFormat.read(from -> OpenBlock.read(WorkFormat::readHotKeys, from), in));
      default -> throw FormBytes.unknown(WHAT, form);
    };
  }

  private static void write(Outage outage, BinaryOutput out) {
    out.writeShownText(outage.description());
    TimeFormat.write(outage.since(), out);
    out.writeUnsigned(outage.failures());
    TimeFormat.write(outage.nextAttempt(), out);
    out.writeShownText(outage.error());
    out.writeShownText(outage.message());
  }

  private static Outage readOutage(BinaryInput in) {
    return new Outage(
        in.readText(),
        TimeFormat.readInstant(in),
        ShardValues.readInt(in),
        TimeFormat.readInstant(in),
        in.readText(),
        in.readText());
  }
}
