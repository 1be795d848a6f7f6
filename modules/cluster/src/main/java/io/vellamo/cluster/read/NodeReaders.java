package io.vellamo.cluster.read;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.calls.FatalErrors;
import io.vellamo.actors.io.IoObserver;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.actors.query.Readers;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

/**
 * The readers on this node, one for each query that is defined here.
 *
 * <p><b>Threading</b> Safe to share.
 */
public final class NodeReaders {
  /** The reader of a query, with the definition by which it reads. */
  private record Reader(ReaderHost host, ActorRef<ReaderMessage> actor) {}

  private final ActorSystem<?> system;
  private final CallThreads threads;
  private final AtomicLong started = new AtomicLong();
  private final Map<String, Reader> readers = new ConcurrentHashMap<>();

  /**
   * Creates an instance for a node where no query is defined.
   *
   * @param threads call sources
   */
  public NodeReaders(ActorSystem<?> system, CallThreads threads) {
    this.system = system;
    this.threads = threads;
  }

  /** Starts the reader of a query, in place of one by an earlier definition. */
  public void define(QuerySpec spec) {
    readers.compute(
        spec.name(),
        (name, before) -> {
          if (before != null) {
            before.actor().tell(ReaderMessage.End.INSTANCE);
          }
          return start(spec);
        });
  }

  private Reader start(QuerySpec spec) {
    ReaderHost host = new ReaderHost(system, spec, threads);
    ActorRef<ReaderMessage> actor =
        system.systemActorOf(
            FatalErrors.contained(QueryReader.create(host)),
            "vellamo-reader-" + spec.name() + "-" + started.incrementAndGet(),
            DispatcherSelector.fromConfig(spec.settings().controlDispatcher()));
    system.receptionist().tell(Receptionist.register(host.key(), actor.narrow()));
    return new Reader(host, actor);
  }

  /**
   * Returns a coordinator's access to the readers of a query on all nodes; it must be defined here.
   *
   * @param coordinator the coordinator
   * @param observer is told of epochs that have been read
   * @param inputs is told where shards get their events, before the observer is told
   */
  public Readers of(
      QuerySpec spec, ActorContext<?> coordinator, IoObserver observer, HeldInputs inputs) {
    ReaderHost host = Objects.requireNonNull(readers.get(spec.name()), "reader").host();
    return new ClusterReaders(
        coordinator.spawn(
            ReadLink.create(host, observer, inputs), "readers", DispatcherSelector.sameAsParent()));
  }
}
