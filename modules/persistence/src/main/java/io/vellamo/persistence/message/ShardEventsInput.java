package io.vellamo.persistence.message;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.ShardEvents;
import io.vellamo.engine.group.StoredValue;
import io.vellamo.persistence.journal.BinaryInput;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reader of what {@link ShardEventsOutput} has written. The events of a group share its key.
 *
 * <p><b>Threading</b> Used by one thread, for the events of one shard.
 */
final class ShardEventsInput {
  private final KeyCodec keyCodec;
  private final EventValues values;
  private final BinaryInput in;
  private final List<GroupKey> keys = new ArrayList<>();
  private final List<@Nullable Object> userKeys = new ArrayList<>();
  private final List<String> types = new ArrayList<>();

  // Of the event before.
  private int range;
  private String type = "";
  private long offset;
  private long millis;
  private long second;

  ShardEventsInput(KeyCodec keyCodec, EventValues values, BinaryInput in) {
    this.keyCodec = keyCodec;
    this.values = values;
    this.in = in;
  }

  ShardEvents read() {
    boolean timed = in.readByte() != 0;
    ShardEvents events = new ShardEvents(timed);
    events.countReduced(ShardValues.readInt(in));
    for (int left = in.readCount(); left > 0; left--) {
      readEvent(events, timed);
    }
    return events;
  }

  private void readEvent(ShardEvents events, boolean timed) {
    long head = in.readUnsigned();
    int place = readKey(Math.toIntExact(head >>> ShardEventsOutput.FLAGS));
    if ((head & ShardEventsOutput.OTHER_KIND) != 0) {
      range = Math.toIntExact(in.readSigned());
      type = readType();
    }
    offset += in.readSigned() + 1;
    long eventSecond = ShardEvents.NO_TIME;
    int nano = 0;
    if ((head & ShardEventsOutput.OTHER_TIME) != 0) {
      if (in.readByte() != 0) {
        second += in.readSigned();
        eventSecond = second;
        nano = ShardValues.readInt(in);
      }
    } else if (timed) {
      millis += in.readSigned();
      eventSecond = Math.floorDiv(millis, ShardEventsOutput.MILLIS_OF_SECOND);
      nano =
          Math.floorMod(millis, ShardEventsOutput.MILLIS_OF_SECOND)
              * ShardEventsOutput.NANOS_OF_MILLI;
    }
    Object event = values.read(new StoredValue(type, in.readBytes()));
    events.add(keys.get(place), userKeys.get(place), event, range, offset, eventSecond, nano);
  }

  private int readKey(int number) {
    if (number == keys.size()) {
      GroupKey key = GroupKey.of(in.readBytes());
      keys.add(key);
      userKeys.add(keyCodec.read(key));
    }
    return number;
  }

  private String readType() {
    int number = ShardValues.readInt(in);
    if (number == types.size()) {
      types.add(in.readText());
    }
    return types.get(number);
  }
}
