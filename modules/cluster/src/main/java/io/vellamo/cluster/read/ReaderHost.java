package io.vellamo.cluster.read;

import io.vellamo.actors.calls.CallThreads;
import io.vellamo.actors.calls.FunctionThreads;
import io.vellamo.actors.calls.SerialThread;
import io.vellamo.actors.calls.UserCalls;
import io.vellamo.actors.io.ShareReader;
import io.vellamo.actors.query.QuerySpec;
import io.vellamo.api.source.Inboxes;
import io.vellamo.cluster.message.Conversions;
import io.vellamo.engine.failure.Failures;
import io.vellamo.engine.io.RetryableFailure;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.persistence.message.EpochForms;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The definition of a query and the resources of the node, for the query's reader.
 *
 * <p><b>Threading</b> Safe to share.
 */
final class ReaderHost {
  private static final Logger LOG = LoggerFactory.getLogger(ReaderHost.class);

  private final ActorSystem<?> system;
  private final QuerySpec spec;
  private final CallThreads threads;
  private final EpochForms forms;
  private final Executor functions;
  private final Conversions conversions;

  ReaderHost(ActorSystem<?> system, QuerySpec spec, CallThreads threads) {
    this.system = system;
    this.spec = spec;
    this.threads = threads;
    this.forms = EpochForms.of(spec.query());
    this.functions =
        system
            .dispatchers()
            .lookup(DispatcherSelector.fromConfig(FunctionThreads.of(system, spec.name())));
    this.conversions = new Conversions(functions);
  }

  /** Returns the key under which readers of the query are found. */
  ServiceKey<ToReader> key() {
    return ServiceKey.create(ToReader.class, "vellamo-reader-" + spec.name());
  }

  /** Returns the name of the node of a reader. */
  String node(ActorRef<ToReader> reader) {
    Address address = reader.path().address();
    return (address.hasLocalScope() ? Cluster.get(system).selfMember().address() : address)
        .toString();
  }

  /** Returns elapsed time. */
  long nowMillis() {
    return spec.clock().monotonicMillis();
  }

  Conversions conversions() {
    return conversions;
  }

  EpochForms forms() {
    return forms;
  }

  /** Starts a reader of the query's sources, with threads of its own. */
  <T> ShareReader<T> start(ShareReader.Output<T> output) {
    UserCalls calls = new UserCalls(() -> {}, threads::nanoTime);
    String name = "%s-vellamo-%s-reader".formatted(system.name(), spec.name());
    return ShareReader.start(
        system,
        spec.settings().controlDispatcher(),
        new ShareReader.Input(spec.query(), spec.clock(), source -> Inboxes.none()),
        new ShareReader.Threads(
            calls, new SerialThread(threads.serial(name), name, calls), functions),
        output);
  }

  /** Returns the description of a failure. */
  Problem problem(@Nullable Throwable failure) {
    return RetryableFailure.problem(
        0, Failures.unwrap(Objects.requireNonNull(failure, "failure")), spec.settings().failures());
  }

  /** Logs what a reader could not do. */
  void warn(String doing, Throwable failure) {
    LOG.warn(
        "Query [{}]: the reader of this node could not {}, found [{}]",
        spec.name(),
        doing,
        problem(failure).text());
  }
}
