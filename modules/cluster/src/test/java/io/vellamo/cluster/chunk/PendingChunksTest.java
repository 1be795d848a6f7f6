package io.vellamo.cluster.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PendingChunksTest {
  @Test
  void chunks_areRequestedWindowByWindow() {
    PendingChunks pending = new PendingChunks(6);

    assertThat(pending.toRequest(1_000)).isZero();
    assertThat(pending.toRequest(1_100)).isEqualTo(-1);
    for (int number = 0; number < 4; number++) {
      pending.take(number, new byte[] {(byte) number});
    }
    assertThat(pending.toRequest(1_100)).isEqualTo(4);
    pending.take(5, new byte[] {5});
    pending.take(4, new byte[] {4});

    assertThat(pending.toRequest(9_000)).isEqualTo(-1);
    assertThat(pending.isComplete()).isTrue();
    assertThat(pending.bytes()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void missingChunk_isRequestedAgain_afterASilence() {
    PendingChunks pending = new PendingChunks(3);
    pending.toRequest(1_000);
    pending.take(0, new byte[] {0});
    pending.take(2, new byte[] {2});

    assertThat(pending.toRequest(1_499)).isEqualTo(-1);
    assertThat(pending.toRequest(1_500)).isEqualTo(1);
  }

  @Test
  void firstChunk_thatIsHereAlready_isNotRequested() {
    PendingChunks pending = new PendingChunks(2);
    pending.take(0, new byte[] {0});

    assertThat(pending.toRequest(1_000)).isEqualTo(1);
  }

  @Test
  void chunks_thatGetLostOrDoubledOrOvertakeEachOther_makeTheBytes() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(3 * Chunks.SIZE)];
      random.nextBytes(bytes);

      assertThat(delivered(Chunks.of(bytes), random)).as("seed %d", seed).isEqualTo(bytes);
    }
  }

  private static byte[] delivered(List<byte[]> chunks, Random random) {
    PendingChunks pending = new PendingChunks(chunks.size());
    Deque<Integer> underWay = new ArrayDeque<>();
    for (long now = 1_000; !pending.isComplete(); now += random.nextInt(200)) {
      int from = pending.toRequest(now);
      if (from >= 0) {
        int until = Math.min(from + PendingChunks.WINDOW, chunks.size());
        List<Integer> sent = new ArrayList<>();
        for (int number = from; number < until; number++) {
          int copies = random.nextInt(3);
          sent.addAll(Collections.nCopies(copies, number));
        }
        Collections.shuffle(sent, random);
        underWay.addAll(sent);
      }
      Integer number = underWay.poll();
      if (number != null) {
        pending.take(number, chunks.get(number));
      }
    }
    return pending.bytes();
  }

  @Test
  void noBytes_areOneChunk() {
    assertThat(Chunks.of(new byte[0])).hasSize(1);
  }
}
