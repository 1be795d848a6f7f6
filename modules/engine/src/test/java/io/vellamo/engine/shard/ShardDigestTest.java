package io.vellamo.engine.shard;

import static io.vellamo.api.group.GroupStateTimeout.PROCESSING_TIME;
import static io.vellamo.engine.group.TestCodecs.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.group.GroupEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ShardDigestTest {
  @Test
  void digest_doesNotDependOnTheOrder() {
    SnapshotPart.Group a = group("a", "1", 5L);
    SnapshotPart.Group b = group("b", "2", null);

    assertThat(digest(a, b)).isEqualTo(digest(b, a));
    assertThat(digest(a, b).groups()).isEqualTo(2);
  }

  @Test
  void digest_differsWithKeyStateTimeoutAndTheirBorders() {
    List<ShardDigest> digests =
        List.of(
            digest(),
            digest(group("a", "1", 5L)),
            digest(group("b", "1", 5L)),
            digest(group("a", "2", 5L)),
            digest(group("a", "1", 6L)),
            digest(group("a", "1", null)),
            digest(group("a", null, 5L)),
            digest(group("a", "", 5L)),
            digest(group("a1", "", 5L)),
            digest(group("a", "1", 5L), group("b", "1", 5L)));

    assertThat(new HashSet<>(digests)).hasSameSizeAs(digests);
    assertThat(digests).extracting(ShardDigest::high).doesNotHaveDuplicates();
    assertThat(digests).extracting(ShardDigest::low).doesNotHaveDuplicates();
  }

  @Test
  void digests_ofManyGroups_areAllDifferent() {
    Set<Long> halves = new HashSet<>();
    IntStream.range(0, 10_000)
        .mapToObj(i -> digest(group("k" + i % 100, "s" + i / 100, null)))
        .forEach(
            digest -> {
              halves.add(digest.high());
              halves.add(digest.low());
            });

    assertThat(halves).hasSize(20_000);
  }

  private static ShardDigest digest(SnapshotPart.Group... groups) {
    ShardLedger ledger = new ShardLedger(PROCESSING_TIME);
    for (SnapshotPart.Group group : groups) {
      ledger.restore(new SnapshotPart(List.of(group), false));
    }
    return ShardDigest.of(ledger);
  }

  private static SnapshotPart.Group group(
      String key, @Nullable String state, @Nullable Long timeoutMillis) {
    byte[] bytes = state == null ? null : state.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new SnapshotPart.Group(key(key), GroupEntry.of(bytes, timeoutMillis));
  }
}
