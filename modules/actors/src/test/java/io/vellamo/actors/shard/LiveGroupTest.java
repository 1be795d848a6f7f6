package io.vellamo.actors.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.group.GroupStateTimeout;
import io.vellamo.engine.group.FunctionOperator;
import io.vellamo.engine.group.GroupBatch;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.GroupOperator;
import io.vellamo.engine.group.GroupStep;
import io.vellamo.engine.group.KeyCodec;
import io.vellamo.engine.group.StateCodec;
import io.vellamo.engine.protocol.shard.CallResult;
import io.vellamo.engine.shard.EpochCall;
import io.vellamo.engine.time.EpochTimes;
import io.vellamo.engine.time.Watermark;
import io.vellamo.persistence.codec.JacksonKeyCodec;
import io.vellamo.persistence.codec.JacksonStateCodec;
import io.vellamo.persistence.codec.JacksonValueCodec;
import java.util.Collections;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The states in these entries differ from the live ones, to show which of them is used. */
final class LiveGroupTest {
  private static final KeyCodec KEYS = JacksonKeyCodec.of(String.class);
  private static final StateCodec<Integer> STATES = JacksonStateCodec.of(Integer.class);

  private final GroupKey key = KEYS.write("a");
  private final LiveGroup group = new LiveGroup();
  private final GroupStep<String, Object, Integer, String> step =
      new GroupStep<>(
          new GroupOperator<>(
              GroupStateTimeout.NONE,
              false,
              new FunctionOperator<>(
                  (name, events, state) -> {
                    state.update(state.optional().orElse(0) + 1);
                    return Collections.emptyIterator();
                  }),
              KEYS,
              STATES,
              JacksonValueCodec.ofRows(LiveGroupTest.class.getClassLoader())));

  @Test
  void liveState_isUsed_ifTheShardHoldsTheStateOfItsEpoch() {
    assertThat(call(1, GroupEntry.EMPTY)).isEqualTo(1);
    assertThat(call(2, entry(70, 1))).isEqualTo(2);
  }

  @Test
  void liveState_isNotUsed_ifTheShardHoldsAStateOfAnotherEpoch() {
    call(2, GroupEntry.EMPTY);

    assertThat(call(3, entry(70, 1))).isEqualTo(71);
    assertThat(call(4, entry(70, GroupEntry.NO_EPOCH))).isEqualTo(71);
  }

  @Test
  void liveState_isNotUsed_afterItWasForgotten() {
    call(1, GroupEntry.EMPTY);
    group.forget();

    assertThat(call(2, entry(70, 1))).isEqualTo(71);
  }

  private static GroupEntry entry(int state, long epoch) {
    return GroupEntry.kept(STATES.write(state), GroupEntry.NO_TIMEOUT, epoch);
  }

  /** Calls the group, and returns its new state. */
  private int call(long epoch, GroupEntry entry) {
    GroupBatch<Object> batch = new GroupBatch<>(key, "a");
    batch.add("event", 0, 0);
    EpochTimes times = new EpochTimes(epoch, 0, Watermark.NONE, Watermark.NONE);
    CallResult result = group.run(step, new EpochCall(key, entry, batch), times);
    byte[] state = ((CallResult.Returned) result).outcome().change().state();
    return STATES.read(Objects.requireNonNull(state, "state"));
  }
}
