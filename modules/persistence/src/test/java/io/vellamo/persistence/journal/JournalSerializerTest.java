package io.vellamo.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.engine.group.GroupEntry;
import io.vellamo.engine.group.GroupKey;
import io.vellamo.engine.journal.JournalEntry;
import io.vellamo.engine.journal.JournalRecord;
import io.vellamo.engine.journal.JournalRecord.DeadLettersRecorded;
import io.vellamo.engine.journal.JournalRecord.QueryResumed;
import io.vellamo.engine.journal.JournalRecord.ShardSnapshotPart;
import io.vellamo.engine.shard.GroupDeadLetter;
import io.vellamo.engine.shard.ShardDeadLetters;
import io.vellamo.engine.shard.SnapshotPart;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JournalSerializerTest {
  private final JournalSerializer serializer = new JournalSerializer();

  @Test
  void identifier_neverChanges() {
    assertThat(serializer.identifier()).isEqualTo(86_355_266);
  }

  @Test
  void samples_areThereForEveryRecord() {
    Set<Class<?>> leaves = new LinkedHashSet<>();
    addLeaves(JournalRecord.class, leaves);

    Stream<Class<?>> sampled =
        Sample.all()
            .map(Sample::value)
            .filter(JournalEntry.class::isInstance)
            .map(entry -> ((JournalEntry<?>) entry).record().getClass());
    assertThat(sampled.collect(Collectors.toSet())).isEqualTo(leaves);
  }

  private static void addLeaves(Class<?> kind, Set<Class<?>> leaves) {
    if (kind.isSealed()) {
      for (Class<?> each : kind.getPermittedSubclasses()) {
        addLeaves(each, leaves);
      }
    } else {
      leaves.add(kind);
    }
  }

  @Test
  void pekko_findsTheSerializerForEveryRecord() throws Exception {
    ActorTestKit kit = ActorTestKit.create();
    try {
      Serialization serialization = SerializationExtension.get(kit.system());
      for (Sample sample : Sample.all().toList()) {
        assertThat(serialization.findSerializerFor(sample.value()))
            .isInstanceOf(JournalSerializer.class);
        SerializerWithStringManifest found =
            (SerializerWithStringManifest) serialization.findSerializerFor(sample.value());
        Object read =
            serialization
                .deserialize(
                    serialization.serialize(sample.value()).get(),
                    found.identifier(),
                    found.manifest(sample.value()))
                .get();
        assertThat(read).usingRecursiveComparison().isEqualTo(sample.value());
      }
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void snapshotPart_ofManyGroups_isReadAsItWasWritten() {
    List<SnapshotPart.Group> groups = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      byte[] state = i % 3 == 0 ? null : new byte[i];
      Long timeout = i % 3 == 1 ? null : (Long) (i * 1_000_000_007L);
      groups.add(
          new SnapshotPart.Group(
              GroupKey.of(new byte[] {(byte) (i >> 8), (byte) i}), GroupEntry.of(state, timeout)));
    }
    JournalEntry<?> snapshot =
        new JournalEntry<>(2, 1, new ShardSnapshotPart(1, new SnapshotPart(groups, false)));

    Object read =
        serializer.fromBinary(serializer.toBinary(snapshot), serializer.manifest(snapshot));

    assertThat(read).isEqualTo(snapshot);
  }

  @Test
  void numbers_ofAnySize_areReadAsTheyWereWritten() {
    for (int shift = 0; shift < Long.SIZE; shift++) {
      for (long number : new long[] {(1L << shift) - 1, 1L << shift, -(1L << shift)}) {
        BinaryOutput out = new BinaryOutput();
        out.writeUnsigned(number);
        out.writeSigned(number);
        out.writeNullable(number);
        BinaryInput in = new BinaryInput(out.toByteArray());

        assertThat(in.readUnsigned()).isEqualTo(number);
        assertThat(in.readSigned()).isEqualTo(number);
        assertThat(in.readNullable()).isEqualTo(number);
        assertThat(in.isAtEnd()).isTrue();
      }
    }
  }

  @Test
  void name_withoutAUtf8Form_isRefused() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> new BinaryOutput().writeText("a\ud83d"))
        .withMessageStartingWith("name must be well-formed text");
  }

  /** Messages quote what users' code was given, and are cut at a length. */
  @Test
  void messageWithHalfAPair_isKeptWithAMark() {
    GroupDeadLetter letter =
        new GroupDeadLetter(GroupKey.of(new byte[] {1}), null, "E", "cut \ud83d", null);
    JournalEntry<?> recorded =
        new JournalEntry<>(
            2, 1, new DeadLettersRecorded(0, new ShardDeadLetters(1, 2, List.of(letter))));

    JournalEntry<?> read =
        (JournalEntry<?>)
            serializer.fromBinary(serializer.toBinary(recorded), serializer.manifest(recorded));

    assertThat(((DeadLettersRecorded) read.record()).letters().letters().get(0).message())
        .isEqualTo("cut \ufffd");
  }

  @Test
  void number_withoutEnd_isRefused() {
    byte[] endless = new byte[11];
    Arrays.fill(endless, (byte) 0x80);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serializer.fromBinary(endless, "query-resumed-1"))
        .havingCause()
        .withMessage("a number must end within ten bytes");
  }

  @ParameterizedTest
  @ValueSource(longs = {4, Integer.MAX_VALUE - 8, 1L << 32, -1})
  void count_ofMoreThanFollows_isRefusedBeforeMemoryIsTaken(long count) {
    BinaryOutput out = new BinaryOutput();
    for (long before : new long[] {1, 1, 0, 1, 1}) {
      out.writeUnsigned(before);
    }
    out.writeUnsigned(count);
    byte[] bytes = Arrays.copyOf(out.toByteArray(), out.toByteArray().length + 3);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serializer.fromBinary(bytes, "shard-changed-1"))
        .withCauseInstanceOf(BufferUnderflowException.class);
  }

  @Test
  void manifest_ofALaterVersion_isRefusedWithTheRemedy() {
    byte[] bytes = serializer.toBinary(new JournalEntry<>(2, 1, new QueryResumed(1, "")));

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> serializer.fromBinary(bytes, "query-resumed-2"))
        .withMessage(
            "journal record must be of a known version and whole, was [query-resumed-2, 4 bytes];"
                + " use a newer Vellamo or restore the journal")
        .satisfies(e -> assertThat(e.className()).isEqualTo("query-resumed-2"));
  }

  @Test
  void foreignObject_isRefused() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> serializer.manifest("text"))
        .withMessage("unhandled class java.lang.String");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> serializer.toBinary("text"))
        .withMessage("unhandled class java.lang.String");
  }

  @Test
  void persistenceIds_neverChange() {
    assertThat(PersistenceIds.query("orders").id()).isEqualTo("vellamo-query|orders");
    assertThat(PersistenceIds.shard("orders", 0, 7).id()).isEqualTo("vellamo-shard|orders/7");
    assertThat(PersistenceIds.shard("orders", 3, 7).id()).isEqualTo("vellamo-shard|orders/7.3");
  }
}
