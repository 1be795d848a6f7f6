package io.vellamo.cluster.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.group.ShardEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChunkStoreTest {
  private static final int MOST = InputChunk.MOST_BYTES;
  private static final EpochAttempt ATTEMPT = new EpochAttempt(1, 5, 9);

  private final ChunkStore store = new ChunkStore();

  @Test
  void input_isCutIntoChunks() {
    store.keep(ATTEMPT, inputs(2 * MOST + 1));

    List<InputChunk> chunks = store.give(ATTEMPT, 3, 0, 9);

    assertThat(chunks).extracting(InputChunk::number).containsExactly(0, 1, 2);
    assertThat(chunks).extracting(InputChunk::count).containsOnly(3);
    assertThat(chunks).extracting(chunk -> chunk.bytes().length).containsExactly(MOST, MOST, 1);
    assertThat(chunks.get(1).bytes()).isEqualTo(bytes(MOST, MOST));
    assertThat(chunks.get(2).bytes()).isEqualTo(bytes(2 * MOST, 1));
  }

  @Test
  void inputOfFullChunks_hasNoEmptyOne() {
    store.keep(ATTEMPT, inputs(2 * MOST));

    assertThat(store.give(ATTEMPT, 3, 0, 9)).hasSize(2);
  }

  @Test
  void chunks_areGivenFromAnyNumber_andAgain() {
    store.keep(ATTEMPT, inputs(4 * MOST));

    assertThat(store.give(ATTEMPT, 3, 1, 2)).extracting(InputChunk::number).containsExactly(1, 2);
    assertThat(store.give(ATTEMPT, 3, 1, 2)).extracting(InputChunk::number).containsExactly(1, 2);
    assertThat(store.give(ATTEMPT, 3, 3, 2)).extracting(InputChunk::number).containsExactly(3);
    assertThat(store.give(ATTEMPT, 3, 4, Integer.MAX_VALUE)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.give(ATTEMPT, 3, -1, 2))
        .withMessage("from and count must not be negative, were [-1] and [2]");
  }

  @Test
  void shardWithoutEvents_hasAnEmptyInput() {
    store.keep(ATTEMPT, inputs(1));

    assertThat(store.give(ATTEMPT, 4, 0, 4))
        .singleElement()
        .hasToString("InputChunk[0 of 1, 0 bytes]");
  }

  @Test
  void inputsThatAreKept_areNotReplaced() {
    store.keep(ATTEMPT, inputs(1));

    assertThat(store.keep(ATTEMPT, inputs(2))).isFalse();
    assertThat(store.give(ATTEMPT, 3, 0, 1).get(0).bytes()).hasSize(1);
  }

  @Test
  void laterAttempt_replacesTheEarlierOne_andNotTheOtherWayRound() {
    EpochAttempt later = new EpochAttempt(1, 5, 10);
    store.keep(ATTEMPT, inputs(1));

    assertThat(store.keep(later, inputs(1))).isTrue();
    assertThat(store.has(ATTEMPT)).isFalse();
    assertThat(store.keep(ATTEMPT, inputs(1))).isFalse();
    assertThat(store.has(later)).isTrue();
    assertThat(store.give(ATTEMPT, 3, 0, 1)).isEmpty();
  }

  @Test
  void epochReadAhead_leavesTheOneThatRuns_andReplacesThoseBefore() {
    store.keep(new EpochAttempt(1, 4, 8), inputs(1));
    store.keep(ATTEMPT, inputs(1));

    assertThat(store.keep(new EpochAttempt(1, 6, 10), inputs(1))).isTrue();
    assertThat(store.has(new EpochAttempt(1, 4, 8))).isFalse();
    assertThat(store.has(ATTEMPT)).isTrue();
  }

  @Test
  void laterRun_replacesAllOfTheEarlierOne() {
    store.keep(new EpochAttempt(1, 6, 10), inputs(1));

    assertThat(store.keep(new EpochAttempt(2, 5, 1), inputs(1))).isTrue();
    assertThat(store.has(new EpochAttempt(1, 6, 10))).isFalse();
    assertThat(store.keep(new EpochAttempt(1, 7, 11), inputs(1))).isFalse();
  }

  @Test
  void committedAndDiscardedEpochs_areNotKept() {
    EpochAttempt ahead = new EpochAttempt(1, 6, 10);
    store.keep(ATTEMPT, inputs(1));
    store.keep(ahead, inputs(1));

    store.committed(5);
    assertThat(store.has(ATTEMPT)).isFalse();
    assertThat(store.has(ahead)).isTrue();

    store.discard(ahead);
    assertThat(store.has(ahead)).isFalse();
  }

  @Test
  void chunk_isOneOfItsInput_andNotTooLarge() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> new InputChunk(2, 2, new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InputChunk(0, 1, new byte[MOST + 1]))
        .withMessage(
            "bytes must have at most [131072], were [131073]; cut the input into more chunks");
  }

  /** Returns inputs of which shard 3 has some bytes. */
  private static EncodedInputs inputs(int size) {
    ShardEvents events = new ShardEvents(false);
    events.add(GroupKey.of(new byte[] {1}), "key", "event", 0, 0, null);
    return EncodedInputs.encode(
        Map.of(3, events),
        input -> {
          assertThat(input.events()).isSameAs(events);
          assertThat(input.initial().isEmpty()).isTrue();
          return bytes(0, size);
        });
  }

  private static byte[] bytes(int from, int size) {
    byte[] all = new byte[from + size];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i * 31 + i / MOST);
    }
    return Arrays.copyOfRange(all, from, from + size);
  }
}
