package io.vellamo.persistence.message;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.journal.BinaryOutput;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The writer of the events of a shard, in their order: each key and each type of events is written
 * where it first occurs, and offsets and event times as their distance from those before.
 *
 * <p>An event begins with the number of its key, shifted by two bits: whether its range and type
 * follow, as they differ from those of the event before it, and whether its event time is written
 * to the nanosecond, or absent, instead of as milliseconds.
 *
 * <p><b>Threading</b> Used by one thread, for the events of one shard.
 */
final class ShardEventsOutput implements ShardEvents.Taker {
  static final int FLAGS = 2;
  static final int OTHER_KIND = 1;
  static final int OTHER_TIME = 2;

  /** The seconds beyond which milliseconds and their distances might not fit into a long. */
  static final long MOST_SECONDS = 1L << 50;

  static final int NANOS_OF_MILLI = 1_000_000;
  static final int MILLIS_OF_SECOND = 1_000;

  private final EventValues values;
  private final BinaryOutput out;
  private final Map<GroupKey, Integer> keys = new HashMap<>();
  private final Map<String, Integer> types = new HashMap<>();
  private boolean timed;

  // Of the event before: no range is that of the first one.
  private int range = Integer.MIN_VALUE;
  private @Nullable String type;
  private long offset;
  private long millis;
  private long second;

  ShardEventsOutput(EventValues values, BinaryOutput out) {
    this.values = values;
    this.out = out;
  }

  void write(ShardEvents events) {
    timed = events.isTimed();
    out.writeByte(timed ? 1 : 0);
    out.writeUnsigned(events.sizeBeforeReduction() - (long) events.size());
    out.writeUnsigned(events.size());
    events.forEach(this);
  }

  @Override
  public void take(
      GroupKey key,
      @Nullable Object userKey,
      Object event,
      int eventRange,
      long eventOffset,
      long eventSecond,
      int eventNano) {
    StoredValue value = values.write(event);
    boolean isOtherKind = eventRange != range || !value.type().equals(type);
    boolean isOtherTime = timed && !isMillis(eventSecond, eventNano);
    writeKey(key, (isOtherKind ? OTHER_KIND : 0) | (isOtherTime ? OTHER_TIME : 0));
    if (isOtherKind) {
      range = eventRange;
      type = value.type();
      out.writeSigned(eventRange);
      writeType(value.type());
    }
    out.writeSigned(eventOffset - offset - 1);
    offset = eventOffset;
    if (isOtherTime) {
      writeTime(eventSecond, eventNano);
    } else if (timed) {
      writeMillis(eventSecond * MILLIS_OF_SECOND + eventNano / NANOS_OF_MILLI);
    }
    out.writeBytes(value.bytes());
  }

  private static boolean isMillis(long second, int nano) {
    return nano % NANOS_OF_MILLI == 0 && second > -MOST_SECONDS && second < MOST_SECONDS;
  }

  private void writeKey(GroupKey key, int flags) {
    int next = keys.size();
    Integer known = keys.putIfAbsent(key, next);
    long number = known == null ? next : known;
    out.writeUnsigned((number << FLAGS) | flags);
    if (known == null) {
      out.writeBytes(key.bytes());
    }
  }

  private void writeType(String name) {
    int next = types.size();
    Integer known = types.putIfAbsent(name, next);
    out.writeUnsigned(known == null ? next : known);
    if (known == null) {
      out.writeText(name);
    }
  }

  private void writeTime(long eventSecond, int eventNano) {
    out.writeByte(eventSecond == ShardEvents.NO_TIME ? 0 : 1);
    if (eventSecond != ShardEvents.NO_TIME) {
      out.writeSigned(eventSecond - second);
      out.writeUnsigned(eventNano);
      second = eventSecond;
    }
  }

  private void writeMillis(long eventMillis) {
    out.writeSigned(eventMillis - millis);
    millis = eventMillis;
  }
}
