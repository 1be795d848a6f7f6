package io.vellamo.journal.store;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of a store, by persistence id. */
final class AppendListeners {

  private final ConcurrentMap<String, List<Runnable>> byPersistenceId = new ConcurrentHashMap<>();

  JournalStore.Subscription add(String persistenceId, Runnable listener) {
    // An object of its own, so that the same listener can be registered twice.
    Runnable registered = listener::run;
    byPersistenceId.compute(
        persistenceId,
        (id, known) -> {
          List<Runnable> listeners = known == null ? new CopyOnWriteArrayList<>() : known;
          listeners.add(registered);
          return listeners;
        });
    return () -> remove(persistenceId, registered);
  }

  void announce(Collection<String> persistenceIds) {
    if (byPersistenceId.isEmpty()) {
      return;
    }
    for (String persistenceId : persistenceIds) {
      byPersistenceId.getOrDefault(persistenceId, List.of()).forEach(Runnable::run);
    }
  }

  private void remove(String persistenceId, Runnable registered) {
    byPersistenceId.computeIfPresent(
        persistenceId,
        (id, listeners) -> {
          listeners.remove(registered);
          return listeners.isEmpty() ? null : listeners;
        });
  }
}
