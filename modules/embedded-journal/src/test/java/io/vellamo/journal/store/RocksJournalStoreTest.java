package io.vellamo.journal.store;

import static io.vellamo.journal.store.Stores.await;
import static io.vellamo.journal.store.Stores.event;
import static io.vellamo.journal.store.Stores.events;
import static io.vellamo.journal.store.Stores.sequenceNrs;
import static io.vellamo.journal.store.Stores.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vellamo.journal.store.RocksFiles.Family;
import io.vellamo.journal.store.RocksFiles.Opening;
import io.vellamo.journal.store.StoreSettings.DamagedLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

final class RocksJournalStoreTest {

  private static final long ALL = Long.MAX_VALUE;

  @TempDir Path directory;

  private RocksJournalStore store;

  @BeforeEach
  void open() {
    store = Stores.open(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void reopen() {
    store.close();
    store = Stores.open(directory);
  }

  @Nested
  final class Events {

    @Test
    void event_afterReopen_isAsItWas() {
      Payload payload = Payload.of(17, "manifest", new byte[] {1, 2, 3});
      Payload metadata = Payload.of(18, "", new byte[] {4});
      String writer = new UUID(1, 2).toString();
      StoredEvent written = new StoredEvent(5, 123_456, writer, "adapted", payload, metadata);
      await(store.append("a", List.of(written)));

      reopen();

      List<StoredEvent> read = new ArrayList<>();
      store.read("a", 1, ALL, read::add);
      assertThat(read).usingRecursiveFieldByFieldElementComparator().containsExactly(written);
    }

    @Test
    void read_ofRange_includesBothEndsAndStopsWhenVisitorHasEnough() {
      await(store.append("a", events(1, 9)));
      List<Long> inRange = new ArrayList<>();
      List<Long> firstTwo = new ArrayList<>();

      store.read("a", 3, 5, event -> inRange.add(event.sequenceNr()));
      store.read(
          "a",
          1,
          ALL,
          event -> {
            firstTwo.add(event.sequenceNr());
            return firstTwo.size() < 2;
          });

      assertThat(inRange).containsExactly(3L, 4L, 5L);
      assertThat(firstTwo).containsExactly(1L, 2L);
    }

    @Test
    void logs_ofSeveralIds_areSeparate() {
      await(store.append("a", events(1, 2)));
      await(store.append("b", events(1, 3)));

      assertThat(sequenceNrs(store, "a")).containsExactly(1L, 2L);
      assertThat(sequenceNrs(store, "b")).containsExactly(1L, 2L, 3L);
      assertThat(sequenceNrs(store, "c")).isEmpty();
    }

    @Test
    void sequenceNr_thatIsNotHigher_isRefusedAndTheStoreGoesOn() {
      await(store.append("a", events(1, 3)));

      CompletionStage<Void> conflict = store.append("a", events(3, 4));

      assertThatThrownBy(() -> await(conflict))
          .hasCauseInstanceOf(SequenceConflictException.class)
          .hasMessageContaining(
              "Append to persistence id [a] must start above sequence number [3], found [3]");
      await(store.append("a", events(4, 4)));
      assertThat(sequenceNrs(store, "a")).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void ids_withoutAUtf8Form_areRefusedAndNotOne() {
      for (String id : List.of("a\ud83d", "a\ude00")) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> store.highestSequenceNr(id))
            .withMessageContaining("has an unpaired surrogate; use another");
      }
    }

    @Test
    void refusedAppend_ofNewId_leavesNoTrace() {
      await(store.append("a", events(1, 1)));
      CompletionStage<Void> conflict = store.append("a", events(1, 1));
      await(store.append("b", events(1, 1)));

      assertThatThrownBy(() -> await(conflict)).isInstanceOf(CompletionException.class);
      reopen();
      assertThat(sequenceNrs(store, "a")).containsExactly(1L);
      assertThat(sequenceNrs(store, "b")).containsExactly(1L);
    }

    @Test
    void events_thatDoNotAscend_areAnArgumentError() {
      assertThatThrownBy(() -> store.append("a", List.of(event(2), event(2))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("events must ascend by sequence number, found [2] behind [2]");
      assertThatThrownBy(() -> store.append("a", List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("events must not be empty, was []");
    }

    @Test
    void largeEvent_of20Megabytes_isReadBack() {
      byte[] bytes = new byte[20 << 20];
      new Random(7).nextBytes(bytes);
      await(
          store.append(
              "a", List.of(new StoredEvent(1, 0, "w", "", Payload.of(1, "", bytes), null))));

      reopen();

      List<StoredEvent> read = new ArrayList<>();
      store.read("a", 1, ALL, read::add);
      assertThat(Arrays.equals(read.get(0).payload().bytes(), bytes)).isTrue();
    }

    @Test
    void visitor_thatThrows_endsTheRead() {
      await(store.append("a", events(1, 2)));

      assertThatThrownBy(
              () ->
                  store.read(
                      "a",
                      1,
                      ALL,
                      event -> {
                        throw new IllegalStateException("from the visitor");
                      }))
          .hasMessage("from the visitor");
    }
  }

  @Nested
  final class HighestSequenceNr {

    @Test
    void highest_ofUnknownId_isZero() {
      assertThat(await(store.highestSequenceNr("a"))).isZero();
    }

    @Test
    void highest_withWritesInFlight_waitsForThem() {
      CompletionStage<Long> highest = store.highestSequenceNr("a");
      for (int i = 1; i <= 200; i++) {
        store.append("a", List.of(event(i)));
        highest = store.highestSequenceNr("a");
      }

      assertThat(await(highest)).isEqualTo(200);
      assertThat(sequenceNrs(store, "a")).hasSize(200);
    }

    @Test
    void highest_afterAllWasDeletedAndReopened_isKept() {
      await(store.append("a", events(1, 7)));
      await(store.deleteTo("a", ALL));

      reopen();

      assertThat(sequenceNrs(store, "a")).isEmpty();
      assertThat(await(store.highestSequenceNr("a"))).isEqualTo(7);
      await(store.append("a", events(8, 8)));
      assertThat(sequenceNrs(store, "a")).containsExactly(8L);
    }

    @Test
    void highest_afterDeletionAndCompaction_isKept() throws RocksDBException {
      await(store.append("a", events(1, 7)));
      await(store.append("b", events(1, 9)));
      for (int i = 0; i < 2; i++) {
        await(store.deleteTo("a", ALL));
        await(store.deleteTo("b", 8));
        compact();

        assertThat(await(store.highestSequenceNr("a"))).isEqualTo(7);
        assertThat(sequenceNrs(store, "a")).isEmpty();
        assertThat(await(store.highestSequenceNr("b"))).isEqualTo(9);
        assertThat(sequenceNrs(store, "b")).containsExactly(9L);
      }
      CompletionStage<Void> conflict = store.append("a", events(7, 7));
      assertThatThrownBy(() -> await(conflict)).hasCauseInstanceOf(SequenceConflictException.class);
    }

    /** Leaves nothing of what was deleted, not even that it was. */
    private void compact() throws RocksDBException {
      store.close();
      try (RocksFiles files =
          RocksFiles.open(
              Stores.settings(directory, DamagedLog.FAIL),
              directory.resolve("rocksdb"),
              Opening.EXISTING)) {
        for (Family family : Family.values()) {
          files.db().compactRange(files.family(family));
        }
      }
      store = Stores.open(directory);
    }

    @Test
    void highest_ofTheGreatestNumber_isReadAndDeleted() {
      await(store.append("a", events(ALL, ALL)));
      await(store.append("b", events(1, 1)));

      assertThat(sequenceNrs(store, "a")).containsExactly(ALL);
      await(store.deleteTo("a", ALL));
      assertThat(sequenceNrs(store, "a")).isEmpty();
      assertThat(sequenceNrs(store, "b")).containsExactly(1L);
    }
  }

  @Nested
  final class Deletion {

    @Test
    void deletion_isInclusiveAndKeepsTheRest() {
      await(store.append("a", events(1, 5)));
      await(store.append("b", events(1, 5)));

      await(store.deleteTo("a", 3));

      assertThat(sequenceNrs(store, "a")).containsExactly(4L, 5L);
      assertThat(sequenceNrs(store, "b")).hasSize(5);
    }

    @Test
    void deletion_beyondTheHighest_sparesLaterEvents() {
      await(store.append("a", events(1, 2)));
      await(store.deleteTo("a", 100));

      await(store.append("a", events(3, 4)));

      assertThat(sequenceNrs(store, "a")).containsExactly(3L, 4L);
    }

    @Test
    void deletion_ofUnknownId_isNoError() {
      await(store.deleteTo("a", 5));

      assertThat(store.persistenceIds("", 10)).isEmpty();
    }
  }

  @Nested
  final class PersistenceIds {

    @Test
    void ids_arePagedInOrder() {
      for (String id : List.of("b", "ä", "a", "a|1", "c")) {
        await(store.append(id, events(1, 1)));
      }
      await(store.saveSnapshot("d", snapshot(1, 1, "state")));

      assertThat(store.persistenceIds("", 3)).containsExactly("a", "a|1", "b");
      assertThat(store.persistenceIds("b", 10)).containsExactly("c", "d", "ä");
      assertThat(store.persistenceIds("ä", 10)).isEmpty();
    }

    @Test
    void ids_moreThanAreRemembered_keepTheirLogs() {
      int count = 20_000;
      CompletionStage<Void> last = store.append("id-0", events(1, 1));
      for (int i = 1; i < count; i++) {
        last = store.append("id-" + i, events(1, 1));
      }
      await(last);
      for (int i = 0; i < count; i += 1_000) {
        await(store.append("id-" + i, events(2, 2)));
      }

      reopen();
      await(store.append("new", events(1, 1)));

      assertThat(sequenceNrs(store, "id-0")).containsExactly(1L, 2L);
      assertThat(sequenceNrs(store, "id-1")).containsExactly(1L);
      assertThat(sequenceNrs(store, "id-19000")).containsExactly(1L, 2L);
      assertThat(sequenceNrs(store, "new")).containsExactly(1L);
    }
  }

  @Nested
  final class Listeners {

    @Test
    void listener_isCalledForItsIdUntilClosed() throws InterruptedException {
      List<String> calls = new ArrayList<>();
      CountDownLatch called = new CountDownLatch(1);
      JournalStore.Subscription subscription =
          store.onAppend(
              "a",
              () -> {
                calls.add("a");
                called.countDown();
              });

      await(store.append("b", events(1, 1)));
      await(store.append("a", events(1, 1)));
      assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
      subscription.close();
      await(store.append("a", events(2, 2)));

      assertThat(calls).containsExactly("a");
    }
  }

  @Nested
  final class Closing {

    @Test
    void changes_handedOverBefore_areMade() {
      CompletionStage<Void> last = store.append("a", events(1, 1));
      for (int i = 2; i <= 1_000; i++) {
        last = store.append("a", List.of(event(i)));
      }

      reopen();

      assertThat(last.toCompletableFuture()).isCompleted();
      assertThat(sequenceNrs(store, "a")).hasSize(1_000);
    }

    @Test
    void read_underWay_ends() throws InterruptedException {
      await(store.append("a", events(1, 2)));
      Thread closer = new Thread(store::close);

      assertThatThrownBy(
              () ->
                  store.read(
                      "a",
                      1,
                      ALL,
                      event -> {
                        closer.start();
                        awaitRefusal();
                        return true;
                      }))
          .isInstanceOf(JournalStoreException.class)
          .hasMessageContaining("must be open for reads, found it closed");
      closer.join();
    }

    private void awaitRefusal() {
      while (!store.deleteTo("a", 0).toCompletableFuture().isCompletedExceptionally()) {
        Thread.onSpinWait();
      }
    }

    @Test
    void closedStore_refusesEverything() {
      store.close();
      store.close();

      assertThatThrownBy(() -> await(store.append("a", events(1, 1))))
          .hasCauseInstanceOf(WritesRefusedException.class)
          .hasMessageContaining(
              "Journal store [" + directory + "] must be open for changes, found it closed");
      assertThatThrownBy(() -> sequenceNrs(store, "a"))
          .isInstanceOf(JournalStoreException.class)
          .hasMessage(
              "Journal store ["
                  + directory
                  + "] must be open for reads, found it closed; open it again");
    }
  }
}
