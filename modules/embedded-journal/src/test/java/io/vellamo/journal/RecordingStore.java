package io.vellamo.journal;

import io.vellamo.journal.store.JournalStore;
import io.vellamo.journal.store.SnapshotRange;
import io.vellamo.journal.store.StoredEvent;
import io.vellamo.journal.store.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A store that notes which events were handed over and never answers by itself. */
final class RecordingStore implements JournalStore {

  private final List<Long> handedOver = new ArrayList<>();
  private final List<CompletableFuture<Void>> unanswered = new ArrayList<>();

  List<Long> handedOver() {
    return handedOver;
  }

  List<CompletableFuture<Void>> unanswered() {
    return unanswered;
  }

  @Override
  public CompletionStage<Void> append(String persistenceId, List<StoredEvent> events) {
    events.forEach(event -> handedOver.add(event.sequenceNr()));
    CompletableFuture<Void> answer = new CompletableFuture<>();
    unanswered.add(answer);
    return answer;
  }

  @Override
  public CompletionStage<Void> deleteTo(String persistenceId, long toSequenceNr) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Long> highestSequenceNr(String persistenceId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void read(
      String persistenceId,
      long fromSequenceNr,
      long toSequenceNr,
      Predicate<? super StoredEvent> visitor) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> persistenceIds(String after, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String persistenceId, StoredSnapshot snapshot) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<StoredSnapshot> newestSnapshot(String persistenceId, SnapshotRange range) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletionStage<Void> deleteSnapshots(String persistenceId, SnapshotRange range) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription onAppend(String persistenceId, Runnable listener) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
