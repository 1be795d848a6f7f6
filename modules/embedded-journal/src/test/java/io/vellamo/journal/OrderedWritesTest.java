package io.vellamo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.journal.store.Payload;
import io.vellamo.journal.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class OrderedWritesTest {

  private final RecordingStore store = new RecordingStore();
  private final List<Runnable> serializations = new ArrayList<>();
  private final List<Runnable> requests = new ArrayList<>();
  private final OrderedWrites writes =
      new OrderedWrites(() -> store, serializations::add, requests::add);

  @Test
  void writes_ofOneId_areHandedOverInOrderHoweverSerialized() {
    append("a", () -> event(1));
    append("a", () -> event(2));
    append("a", () -> event(3));

    serializations.get(2).run();
    serializations.get(1).run();
    assertThat(store.handedOver()).isEmpty();
    serializations.get(0).run();

    assertThat(store.handedOver()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void writes_ofOtherIds_doNotWait() {
    append("a", () -> event(1));
    append("b", () -> event(2));

    serializations.get(1).run();

    assertThat(store.handedOver()).containsExactly(2L);
  }

  @Test
  void whenHandedOver_withAWriteBeingSerialized_waitsForIt() {
    append("a", () -> event(1));

    CompletionStage<Void> handedOver = writes.whenHandedOver("a");

    assertThat(handedOver).isNotDone();
    assertThat(writes.whenHandedOver("b")).isCompleted();
    serializations.get(0).run();
    assertThat(handedOver).isCompleted();
    assertThat(store.handedOver()).containsExactly(1L);
  }

  @Test
  void write_isDoneWhenTheStoreSaysSo() {
    CompletionStage<List<Optional<Exception>>> written = append("a", () -> event(1));

    serializations.get(0).run();
    assertThat(written).isNotDone();
    store.unanswered().get(0).complete(null);

    assertThat(written).isCompletedWithValue(List.of(Optional.empty()));
  }

  @Test
  void write_thatCannotBeSerialized_isRejectedAndTheNextIsHandedOver() {
    IllegalStateException failure = new IllegalStateException("cannot");
    CompletionStage<List<Optional<Exception>>> rejected =
        append(
            "a",
            () -> {
              throw failure;
            });
    append("a", () -> event(2));

    serializations.forEach(Runnable::run);

    assertThat(rejected).isCompletedWithValue(List.of(Optional.of(failure)));
    assertThat(store.handedOver()).containsExactly(2L);
  }

  @Test
  void writes_ofOneRequest_areOneAppendWithoutTheRejected() {
    IllegalStateException failure = new IllegalStateException("cannot");
    Supplier<List<StoredEvent>> failing =
        () -> {
          throw failure;
        };
    CompletionStage<List<Optional<Exception>>> written =
        writes.append("a", List.of(() -> List.of(event(1)), failing, () -> List.of(event(3))));

    serializations.get(0).run();

    assertThat(store.handedOver()).containsExactly(1L, 3L);
    assertThat(store.unanswered()).hasSize(1);
    store.unanswered().get(0).complete(null);
    assertThat(written)
        .isCompletedWithValue(List.of(Optional.empty(), Optional.of(failure), Optional.empty()));
  }

  @Test
  void write_thatFails_failsItsOwnStage() {
    CompletionStage<List<Optional<Exception>>> failed = append("a", () -> event(1));
    serializations.get(0).run();

    store.unanswered().get(0).completeExceptionally(new IllegalStateException("no disk"));

    assertThat(failed).isCompletedExceptionally();
    assertThat(writes.whenHandedOver("a")).isCompleted();
  }

  @Test
  void write_afterASmallOne_isSerializedAtOnceAndHandedOverBehindTheRequestsThatWait() {
    written("a", event(1));
    written("b", event(2));
    serializations.clear();

    append("a", () -> event(3));
    append("b", () -> event(4));

    assertThat(serializations).isEmpty();
    assertThat(store.handedOver()).containsExactly(1L, 2L);
    assertThat(requests).hasSize(1);
    requests.get(0).run();
    assertThat(store.handedOver()).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void write_behindOneThatIsNotHandedOver_isHandedOverAfterIt() {
    written("a", event(1));
    append("a", () -> event(2));

    append("a", () -> event(3));
    CompletionStage<Void> handedOver = writes.whenHandedOver("a");
    serializations.get(1).run();
    assertThat(store.handedOver()).containsExactly(1L);
    assertThat(handedOver).isNotDone();
    requests.get(0).run();

    assertThat(store.handedOver()).containsExactly(1L, 2L, 3L);
    assertThat(handedOver).isCompleted();
  }

  @Test
  void write_afterALargeOne_isSerializedOnTheExecutor() {
    written("a", event(1, OrderedWrites.SMALL_BYTES + 1));

    append("a", () -> event(2));

    assertThat(serializations).hasSize(2);
    assertThat(requests).isEmpty();
  }

  @Test
  void write_thatCannotBeSerializedAtOnce_isRejectedAndTheNextIsHandedOver() {
    IllegalStateException failure = new IllegalStateException("cannot");
    written("a", event(1));

    CompletionStage<List<Optional<Exception>>> rejected =
        append(
            "a",
            () -> {
              throw failure;
            });
    requests.get(0).run();

    assertThat(rejected).isCompletedWithValue(List.of(Optional.of(failure)));
    append("a", () -> event(2));
    requests.get(1).run();
    assertThat(store.handedOver()).containsExactly(1L, 2L);
  }

  @Test
  void write_whoseSerializerEndsInAnErrorAtOnce_failsItsOwnStage() {
    written("a", event(1));

    CompletionStage<List<Optional<Exception>>> failed =
        append(
            "a",
            () -> {
              throw new StackOverflowError("deep");
            });

    assertThat(failed).isCompletedExceptionally();
    append("a", () -> event(2));
    requests.get(0).run();
    assertThat(store.handedOver()).containsExactly(1L, 2L);
  }

  /** Writes an event durably. */
  private void written(String persistenceId, StoredEvent event) {
    append(persistenceId, () -> event);
    serializations.get(serializations.size() - 1).run();
    store.unanswered().get(store.unanswered().size() - 1).complete(null);
  }

  private CompletionStage<List<Optional<Exception>>> append(
      String persistenceId, Supplier<StoredEvent> event) {
    return writes.append(persistenceId, List.of(() -> List.of(event.get())));
  }

  private static StoredEvent event(long sequenceNr) {
    return event(sequenceNr, 0);
  }

  private static StoredEvent event(long sequenceNr, int bytes) {
    return new StoredEvent(sequenceNr, 0, "w", "", Payload.of(1, "", new byte[bytes]), null);
  }
}
