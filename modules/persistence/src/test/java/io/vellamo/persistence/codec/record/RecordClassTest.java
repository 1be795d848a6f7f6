package io.vellamo.persistence.codec.record;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.TypeRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Classes that are generated for records, where a form by reflection would write the same. */
final class RecordClassTest {
  record Pair<A, B>(@Nullable A first, @Nullable B second) {}

  record Bounded<N extends Comparable<N>>(N least, long between, N most) {}

  @SuppressWarnings("ArrayRecordComponent") // one of the types
  record Mixed(byte small, Pair<UUID, Instant> pair, long[] numbers, Optional<String> name) {}

  @Test
  void recordWithTypeArguments_hasAClassOfItsOwn() {
    assertGenerated(new TypeRef<Pair<String, Long>>() {}, new Pair<>("a", 7L));
    assertGenerated(new TypeRef<Pair<String, Long>>() {}, new Pair<>(null, null));
    assertGenerated(new TypeRef<Pair<byte[], List<Long>>>() {}, new Pair<>(null, List.of(1L)));
    assertGenerated(new TypeRef<Bounded<String>>() {}, new Bounded<>("a", 1, "b"));
    assertGenerated(new TypeRef<Bounded<Instant>>() {}, new Bounded<>(Instant.MIN, 1, Instant.MAX));
    assertGenerated(
        new TypeRef<Mixed>() {},
        new Mixed(
            (byte) 1, new Pair<>(new UUID(1, 2), Instant.EPOCH), new long[] {1}, Optional.of("a")));
  }

  private static <T> void assertGenerated(TypeRef<T> type, T value) {
    RecordFormBuilder builder = new RecordFormBuilder(record -> true, false);
    Form form =
        requireNonNull(builder.build(requireNonNull(ResolvedType.ofType(type.type()))), "form");
    byte[] written;
    try (RecordOutput out = RecordOutput.open(NumberForm.AS_GIVEN)) {
      form.write(value, out);
      written = out.toByteArray();
    }

    assertThat(form.getClass().isHidden()).isTrue();
    assertThat(form.read(new RecordInput(written, 0))).usingRecursiveComparison().isEqualTo(value);
  }
}
