package io.vellamo.journal;

import io.vellamo.journal.store.JournalStore;
import io.vellamo.journal.store.RocksJournalStore;
import io.vellamo.journal.store.StoreSettings;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.jspecify.annotations.Nullable;

/**
 * The only store of an ActorSystem, shared by its journal, snapshot store and read journal.
 *
 * <p><b>Order</b> opened on first use; closed after the last actor of the system has stopped and
 * before {@code whenTerminated} completes, so that the directory can be opened again from then on.
 *
 * <p><b>Threading</b> safe to share.
 *
 * <p><b>Failure</b> if the store cannot be opened, each use retries, and fails with the reason, so
 * that the persistent actor that needs the store reports it.
 */
final class SharedStore implements Extension {

  private static final Id ID = new Id();

  private final ExtendedActorSystem system;
  private final Executor readDispatcher;

  /** Guarded by this. */
  private @Nullable JournalStore store;

  /** Guarded by this. */
  private boolean terminated;

  private SharedStore(ExtendedActorSystem system) {
    this.system = system;
    this.readDispatcher = system.dispatchers().lookup(JournalSettings.ROOT + ".read-dispatcher");
    system.registerOnTermination(this::close);
  }

  static SharedStore get(ActorSystem system) {
    return ID.get(system);
  }

  /**
   * Returns the open store.
   *
   * @throws IllegalArgumentException if a setting cannot be used
   * @throws io.vellamo.journal.store.JournalStoreException if the store cannot be opened
   */
  synchronized JournalStore store() {
    if (terminated) {
      throw new IllegalStateException(
          "ActorSystem [" + system.name() + "] must be running to use its journal, has terminated");
    }
    if (store == null) {
      StoreSettings settings = JournalSettings.from(system.settings().config());
      store = RocksJournalStore.open(settings, system.log()::warning);
      system.log().info("Embedded journal is open in [{}]", settings.directory());
    }
    return store;
  }

  /** Returns the executor for blocking calls. */
  Executor readDispatcher() {
    return readDispatcher;
  }

  private synchronized void close() {
    terminated = true;
    if (store != null) {
      store.close();
    }
  }

  private static final class Id extends AbstractExtensionId<SharedStore> {

    @Override
    public SharedStore createExtension(ExtendedActorSystem system) {
      return new SharedStore(system);
    }
  }
}
