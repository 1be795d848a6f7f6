package io.vellamo.journal.store;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of a store, by persistence id. */
final class AppendListeners {

  private final ConcurrentMap<String, List<Registration>> byPersistenceId =
      new ConcurrentHashMap<>();

  JournalStore.Subscription add(String persistenceId, Runnable listener) {
    Registration registration = new Registration(persistenceId, listener);
    byPersistenceId.compute(
        persistenceId,
        (id, known) -> {
          List<Registration> registrations = known == null ? new CopyOnWriteArrayList<>() : known;
          registrations.add(registration);
          return registrations;
        });
    return registration;
  }

  void announce(Collection<String> persistenceIds) {
    if (byPersistenceId.isEmpty()) {
      return;
    }
    for (String persistenceId : persistenceIds) {
      for (Registration registration : byPersistenceId.getOrDefault(persistenceId, List.of())) {
        registration.listener.run();
      }
    }
  }

  /** Notifies all listeners; used when it is unknown which events became visible. */
  void announceAll() {
    announce(List.copyOf(byPersistenceId.keySet()));
  }

  /** Not a record: the same listener can be registered twice. */
  private final class Registration implements JournalStore.Subscription {

    private final String persistenceId;
    private final Runnable listener;

    private Registration(String persistenceId, Runnable listener) {
      this.persistenceId = persistenceId;
      this.listener = listener;
    }

    @Override
    public void close() {
      byPersistenceId.computeIfPresent(
          persistenceId,
          (id, registrations) -> {
            registrations.remove(this);
            return registrations.isEmpty() ? null : registrations;
          });
    }
  }
}
