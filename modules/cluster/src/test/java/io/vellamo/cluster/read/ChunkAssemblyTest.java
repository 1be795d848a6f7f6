package io.vellamo.cluster.read;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.vellamo.cluster.read.ChunkAssembly.Ask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChunkAssemblyTest {
  private static final long SILENCE = 500;
  private static final long LONGEST = 1_500;

  private final ChunkAssembly<String> assembly = assembly("r");

  @Test
  void fewChunks_areAskedForAhead_inPairs() {
    assertThat(assembly.asks(0)).containsExactly(new Ask<>("r", 0, 4));
    assertThat(assembly.asks(0)).isEmpty();

    assertThat(take(0, 9, 1)).isEmpty();
    assertThat(take(1, 9, 1)).containsExactly(new Ask<>("r", 4, 2));
    assertThat(take(2, 9, 1)).isEmpty();
    assertThat(take(3, 9, 1)).containsExactly(new Ask<>("r", 6, 2));
    assertThat(take(4, 9, 1)).isEmpty();
    assertThat(take(5, 9, 1)).containsExactly(new Ask<>("r", 8, 1));
  }

  @Test
  void smallInput_isAskedForOnce() {
    assembly.asks(0);

    assertThat(take(0, 2, 1)).isEmpty();
    assertThat(assembly.isComplete()).isFalse();
    assertThat(take(1, 2, 1)).isEmpty();

    assertThat(assembly.isComplete()).isTrue();
    assertThat(assembly.bytes()).containsOnlyKeys("r");
    assertThat(assembly.bytes().get("r")).containsExactly(0, 0, 1, 1);
    assertThat(assembly.asksAgainAtMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(assembly.asks(99_999)).isEmpty();
  }

  @Test
  void silentReader_isAskedAgain_eachTimeAfterTwiceTheTime() {
    assembly.asks(0);

    assertThat(assembly.asksAgainAtMillis()).isEqualTo(SILENCE);
    assertThat(assembly.asks(SILENCE - 1)).isEmpty();
    assertThat(assembly.asks(SILENCE)).containsExactly(new Ask<>("r", 0, 4));
    assertThat(assembly.asksAgainAtMillis()).isEqualTo(SILENCE + 1_000);
    assertThat(assembly.asks(1_500)).containsExactly(new Ask<>("r", 0, 4));
    assertThat(assembly.asksAgainAtMillis()).isEqualTo(1_500 + LONGEST);

    take(0, 9, 2_000);
    assertThat(assembly.asksAgainAtMillis()).isEqualTo(2_000 + SILENCE);
  }

  @Test
  void lostChunks_areAskedForAgain_whileThoseThatFollowArrive() {
    assembly.asks(0);
    take(1, 9, 1);
    assertThat(take(3, 9, 1)).containsExactly(new Ask<>("r", 4, 2));

    assertThat(assembly.asks(1 + SILENCE))
        .containsExactly(new Ask<>("r", 0, 1), new Ask<>("r", 2, 1), new Ask<>("r", 4, 2));
  }

  @Test
  void chunkThatArrivesTwice_orOfAnotherReader_isNotNew() {
    assembly.asks(0);

    assertThat(assembly.take("r", chunk(0, 2), 1)).isTrue();
    assertThat(assembly.take("r", chunk(0, 2), 1)).isFalse();
    assertThat(assembly.take("r", chunk(1, 3), 1)).isFalse();
    assertThat(assembly.take("other", chunk(1, 2), 1)).isFalse();
    assertThat(assembly.isComplete()).isFalse();
  }

  @Test
  void chunkThatWasNotAskedFor_isTaken_andNotAskedForLater() {
    assembly.asks(0);
    take(6, 8, 1);
    take(0, 8, 1);
    assertThat(take(1, 8, 1)).containsExactly(new Ask<>("r", 4, 2));
    take(2, 8, 1);
    take(3, 8, 1);
    take(4, 8, 1);
    take(5, 8, 1);
    take(7, 8, 1);

    assertThat(assembly.isComplete()).isTrue();
  }

  @Test
  void inputsOfSeveralReaders_areInTheOrderOfTheReaders() {
    ChunkAssembly<String> both = assembly("b", "a");
    assertThat(both.asks(0)).containsExactly(new Ask<>("b", 0, 4), new Ask<>("a", 0, 4));

    both.take("a", chunk(0, 1), 1);
    assertThat(both.asks(SILENCE)).containsExactly(new Ask<>("b", 0, 4));
    assertThatIllegalStateException()
        .isThrownBy(both::bytes)
        .withMessage(
            "The input must be complete, chunks of [1] readers are missing; wait for isComplete()");
    both.take("b", chunk(0, 1), 1);

    assertThat(both.bytes().keySet()).containsExactly("b", "a");
  }

  @Test
  void shardWithoutEvents_waitsForNothing() {
    assertThat(assembly().isComplete()).isTrue();
    assertThat(assembly().bytes()).isEmpty();
  }

  @Test
  void silence_isPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChunkAssembly<>(List.of("r"), 10, 9))
        .withMessage(
            "firstSilenceMillis [10] must be positive, and at most longestSilenceMillis [9]");
  }

  @Test
  void chunks_thatGetLostOrDoubledOrOvertakeEachOther_makeTheInputs() {
    for (long seed = 0; seed < 500; seed++) {
      Network network = new Network(seed);

      network.run();

      assertThat(network.assembly.isComplete()).as("seed %d", seed).isTrue();
      assertThat(network.mostOnTheirWay).as("seed %d", seed).isLessThanOrEqualTo(4);
      network.inputs.forEach(
          (reader, count) ->
              assertThat(network.assembly.bytes().get(reader)).isEqualTo(whole(count)));
    }
  }

  /** Readers whose requests and chunks get lost, are doubled, and overtake each other. */
  private static final class Network {
    private final Random random;
    private final Map<String, Integer> inputs = new HashMap<>();
    private final ChunkAssembly<String> assembly;
    private final List<Ask<String>> asks = new ArrayList<>();
    private final List<Map.Entry<String, InputChunk>> chunks = new ArrayList<>();
    private final Map<String, List<Integer>> missing = new HashMap<>();
    private long nowMillis;
    private int mostOnTheirWay;

    Network(long seed) {
      random = new Random(seed);
      for (int reader = random.nextInt(3); reader >= 0; reader--) {
        inputs.put("r" + reader, 1 + random.nextInt(30));
      }
      inputs.keySet().forEach(reader -> missing.put(reader, new ArrayList<>()));
      assembly = new ChunkAssembly<>(inputs.keySet(), SILENCE, LONGEST);
    }

    void run() {
      for (int step = 0; step < 5_000 && !assembly.isComplete(); step++) {
        assembly.asks(nowMillis).forEach(this::send);
        if (asks.isEmpty() && chunks.isEmpty()) {
          nowMillis = Math.max(nowMillis, assembly.asksAgainAtMillis());
        } else if (!asks.isEmpty() && random.nextBoolean()) {
          answer(asks.remove(random.nextInt(asks.size())));
        } else if (!chunks.isEmpty()) {
          Map.Entry<String, InputChunk> chunk = chunks.remove(random.nextInt(chunks.size()));
          requireNonNull(missing.get(chunk.getKey())).remove((Integer) chunk.getValue().number());
          assembly.take(chunk.getKey(), chunk.getValue(), nowMillis);
        }
        nowMillis += random.nextInt(50);
      }
    }

    private void send(Ask<String> ask) {
      List<Integer> asked = requireNonNull(missing.get(ask.reader()));
      int count = requireNonNull(inputs.get(ask.reader()));
      for (int i = ask.from(); i < ask.from() + ask.count() && i < count; i++) {
        if (!asked.contains(i)) {
          asked.add(i);
        }
      }
      mostOnTheirWay = Math.max(mostOnTheirWay, asked.size());
      if (random.nextInt(4) > 0) {
        asks.add(ask);
      }
    }

    private void answer(Ask<String> ask) {
      int count = requireNonNull(inputs.get(ask.reader()));
      for (int i = ask.from(); i < ask.from() + ask.count() && i < count; i++) {
        for (int copies = random.nextInt(4); copies > 0; copies--) {
          chunks.add(Map.entry(ask.reader(), chunk(i, count)));
        }
      }
    }
  }

  private List<Ask<String>> take(int number, int count, long nowMillis) {
    assembly.take("r", chunk(number, count), nowMillis);
    return assembly.asks(nowMillis);
  }

  private static ChunkAssembly<String> assembly(String... readers) {
    return new ChunkAssembly<>(List.of(readers), SILENCE, LONGEST);
  }

  private static InputChunk chunk(int number, int count) {
    return new InputChunk(number, count, new byte[] {(byte) number, (byte) number});
  }

  private static byte[] whole(int count) {
    byte[] all = new byte[2 * count];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) (i / 2);
    }
    return all;
  }
}
