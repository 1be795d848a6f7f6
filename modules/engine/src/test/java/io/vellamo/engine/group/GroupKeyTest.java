package io.vellamo.engine.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupKeyTest {
  /** These values are in every journal: if this fails, the code is wrong, not the numbers. */
  @ParameterizedTest
  @CsvSource({
    "'', -181791255, 11, 203",
    "'a', 46185919, 8, 736",
    "'user-7', -1642967912, 14, 534",
    "'Väinämöinen', 1055261056, 8, 888",
    "'a longer key, such as a sentence', 1809996653, 11, 643"
  })
  void hash_ofPinnedKey_neverChanges(String text, int hashCode, int of16, int of1000) {
    GroupKey key = key(text);

    assertThat(key.hashCode()).isEqualTo(hashCode);
    assertThat(key.shard(16)).isEqualTo(of16);
    assertThat(key.shard(1000)).isEqualTo(of1000);
  }

  @Test
  void hash_ofBytesAbove127_takesThemUnsigned() {
    GroupKey key = GroupKey.of(new byte[] {(byte) 0xff, (byte) 0x80});

    assertThat(key.hashCode()).isEqualTo(-834182775);
    assertThat(key.shard(1000)).isEqualTo(656);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 16, 64, 100})
  void shard_ofNumberedKeys_isSpreadEvenly(int shards) {
    int keys = 1000 * shards;
    int[] sizes = new int[shards];
    for (int i = 0; i < keys; i++) {
      sizes[key("user-" + i).shard(shards)]++;
    }

    for (int size : sizes) {
      assertThat(size).isBetween(850, 1150);
    }
  }

  @Test
  void hashCode_withinOneShard_isSpreadToo() {
    Set<Integer> lowBits = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      GroupKey key = key("user-" + i);
      if (key.shard(16) == 3) {
        lowBits.add(key.hashCode() & 15);
      }
    }

    assertThat(lowBits).hasSize(16);
  }

  @Test
  void equality_isThatOfTheBytes() {
    assertThat(key("a")).isEqualTo(key("a")).hasSameHashCodeAs(key("a"));
    assertThat(key("a")).isNotEqualTo(key("b"));
    assertThat(key("a")).isNotEqualTo("a");
  }

  @Test
  void order_isThatOfUnsignedBytes() {
    GroupKey high = GroupKey.of(new byte[] {(byte) 0x80});
    Set<GroupKey> sorted = new TreeSet<>(Set.of(high, key("b"), key("ab"), key("a"), key("")));

    assertThat(sorted).containsExactly(key(""), key("a"), key("ab"), key("b"), high);
  }

  @Test
  void toString_doesNotShowTheKey() {
    assertThat(key("secret")).hasToString("GroupKey[6 bytes]");
  }

  private static GroupKey key(String text) {
    return GroupKey.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
