package io.vellamo.cluster.read;

import static java.util.Objects.requireNonNull;

import io.vellamo.actors.io.IoObserver;
import io.vellamo.actors.io.ShareRequest;
import io.vellamo.api.source.Offsets;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.chunk.InputChunk;
import io.vellamo.cluster.chunk.PendingChunks;
import io.vellamo.cluster.read.ReadLinkMessage.Begin;
import io.vellamo.cluster.read.ReadLinkMessage.Commit;
import io.vellamo.cluster.read.ReadLinkMessage.Forget;
import io.vellamo.cluster.read.ReadLinkMessage.ReadEpoch;
import io.vellamo.cluster.read.ReadLinkMessage.Readers;
import io.vellamo.cluster.read.ReadLinkMessage.ReportChunk;
import io.vellamo.cluster.read.ReadLinkMessage.ReportRead;
import io.vellamo.cluster.read.ReadLinkMessage.Tick;
import io.vellamo.engine.epoch.QueryLedger;
import io.vellamo.engine.protocol.Fence;
import io.vellamo.engine.protocol.query.QueryInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.jspecify.annotations.Nullable;

/**
 * A coordinator's end of the links to the readers: divides epochs among them, and has a share read
 * by another reader if one is gone.
 */
final class ReadLink extends AbstractBehavior<ReadLinkMessage> {
  private static final Duration TICK = Duration.ofMillis(250);
  private static final long SILENCE_MILLIS = 1000;

  private final ReaderHost host;
  private final IoObserver observer;
  private final HeldInputs inputs;
  private final ActorRef<InputChunk> chunks;
  private final SortedMap<String, ActorRef<ToReader>> readers = new TreeMap<>();
  // By attempt, the earlier one first.
  private final Map<Long, PendingEpoch> epochs = new TreeMap<>();
  // Both set by Begin.
  private @Nullable QueryLedger ledger;
  private Offsets committed = Offsets.none();

  private ReadLink(
      ActorContext<ReadLinkMessage> context,
      TimerScheduler<ReadLinkMessage> timers,
      ReaderHost host,
      IoObserver observer,
      HeldInputs inputs) {
    super(context);
    this.host = host;
    this.observer = observer;
    this.inputs = inputs;
    this.chunks = context.messageAdapter(InputChunk.class, ReportChunk::new);
    ActorRef<Receptionist.Listing> listings =
        context.messageAdapter(
            Receptionist.Listing.class,
            listing -> new Readers(listing.getServiceInstances(host.key())));
    context.getSystem().receptionist().tell(Receptionist.subscribe(host.key(), listings));
    timers.startTimerWithFixedDelay(Tick.INSTANCE, TICK);
  }

  /**
   * Creates a coordinator's end of the links.
   *
   * @param observer is told of epochs that have been read
   * @param inputs is told where shards get their events, before the observer is told
   */
  static Behavior<ReadLinkMessage> create(ReaderHost host, IoObserver observer, HeldInputs inputs) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new ReadLink(context, timers, host, observer, inputs)));
  }

  @Override
  public Receive<ReadLinkMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Begin.class, this::onBegin)
        .onMessage(ReadEpoch.class, this::onReadEpoch)
        .onMessage(Readers.class, this::onReaders)
        .onMessage(FromReader.Read.class, this::onRead)
        .onMessage(FromReader.Failed.class, this::onFailed)
        .onMessage(ReportChunk.class, this::onReportChunk)
        .onMessage(ReportRead.class, this::onReportRead)
        .onMessage(Commit.class, this::onCommit)
        .onMessage(Forget.class, this::onForget)
        .onMessage(Tick.class, tick -> onTick())
        .build();
  }

  private Behavior<ReadLinkMessage> onBegin(Begin begin) {
    ledger = begin.ledger();
    committed = begin.ledger().offsets();
    return this;
  }

  private Behavior<ReadLinkMessage> onReadEpoch(ReadEpoch read) {
    AttemptId id = new AttemptId(ledger().incarnation(), read.plan().epoch(), read.attempt());
    PendingEpoch epoch = new PendingEpoch(id, read.plan(), read.keepsEvents());
    epochs.put(read.attempt(), epoch);
    begin(epoch);
    return this;
  }

  private void begin(PendingEpoch epoch) {
    epoch.divide(readers);
    epoch.shares().forEach(share -> ask(epoch, share));
  }

  private void ask(PendingEpoch epoch, PendingShare share) {
    share.askedMillis = host.nowMillis();
    share.reader.tell(
        new ToReader.Read(
            epoch.id().incarnation(),
            new ShareRequest(
                share.share,
                epoch.id().number(),
                ledger().shards(),
                epoch.keepsEvents(),
                committed),
            getContext().getSelf().narrow()));
  }

  /** Has epochs read that wait for a reader, and shares whose reader is gone. */
  private Behavior<ReadLinkMessage> onReaders(Readers known) {
    readers.clear();
    known.readers().forEach(reader -> readers.put(host.node(reader), reader));
    for (PendingEpoch epoch : epochs.values()) {
      if (epoch.shares().isEmpty()) {
        begin(epoch);
      }
      for (PendingShare share : epoch.shares()) {
        if (!known.readers().contains(share.reader) && !readers.isEmpty()) {
          share.moveTo(requireNonNull(readers.get(readers.firstKey()), "reader"));
          ask(epoch, share);
        }
      }
    }
    return this;
  }

  private Behavior<ReadLinkMessage> onRead(FromReader.Read read) {
    PendingEpoch epoch = epochs.get(read.share().attempt().number());
    PendingShare share = epoch == null ? null : epoch.share(read.share());
    if (share != null && share.read == null) {
      share.read = read;
      PendingChunks report = new PendingChunks(read.reportChunks());
      report.take(0, read.report());
      share.chunks = report;
      collect(requireNonNull(epoch), share);
    }
    return this;
  }

  private Behavior<ReadLinkMessage> onReportChunk(ReportChunk arrived) {
    InputChunk chunk = arrived.chunk();
    PendingEpoch epoch = epochs.get(chunk.fence().attempt());
    if (epoch != null && chunk.part() < epoch.shares().size()) {
      PendingShare share = epoch.shares().get(chunk.part());
      if (share.chunks != null) {
        share.chunks.take(chunk.number(), chunk.chunk());
        collect(epoch, share);
      }
    }
    return this;
  }

  /** Requests what is missing of a report, or has it read once it is complete. */
  private void collect(PendingEpoch epoch, PendingShare share) {
    PendingChunks report = share.chunks;
    FromReader.Read read = share.read;
    if (report == null || read == null) {
      return;
    }
    int from = report.toRequest(host.nowMillis());
    if (from >= 0) {
      AttemptId id = epoch.id();
      read.holder()
          .tell(
              new GiveInput(
                  GiveInput.REPORT,
                  new Fence(id.incarnation(), 0, id.epoch(), id.number()),
                  epoch.shares().indexOf(share),
                  read.held(),
                  from,
                  PendingChunks.WINDOW,
                  chunks));
    } else if (report.isComplete()) {
      share.chunks = null;
      byte[] bytes = report.bytes();
      host.conversions()
          .run(
              getContext(),
              () -> host.forms().readReport(bytes),
              (known, failure) -> new ReportRead(read.share(), known, failure));
    }
  }

  private Behavior<ReadLinkMessage> onReportRead(ReportRead done) {
    PendingEpoch epoch = epochs.get(done.share().attempt().number());
    PendingShare share = epoch == null ? null : epoch.share(done.share());
    if (epoch == null || share == null) {
      return this;
    }
    if (done.report() == null) {
      failed(epoch, requireNonNull(done.failure(), "failure"));
      return this;
    }
    share.report = done.report();
    if (epoch.isRead()) {
      long attempt = epoch.id().number();
      inputs.held(attempt, epoch.parts());
      if (!epoch.isTold()) {
        epoch.told();
        observer.routed(epoch.routed(), attempt);
      }
    }
    return this;
  }

  private Behavior<ReadLinkMessage> onFailed(FromReader.Failed failed) {
    AttemptId id = failed.share().attempt();
    PendingEpoch epoch = epochs.get(id.number());
    if (epoch != null && epoch.share(failed.share()) != null && !epoch.isTold()) {
      forget(epoch);
      observer.happened(new QueryInput.ReadFailed(id.epoch(), id.number(), failed.problem()));
    }
    return this;
  }

  private void failed(PendingEpoch epoch, Throwable failure) {
    if (!epoch.isTold()) {
      forget(epoch);
      observer.readFailed(epoch.id().epoch(), epoch.id().number(), failure);
    }
  }

  private Behavior<ReadLinkMessage> onCommit(Commit commit) {
    committed = commit.offsets();
    readers
        .values()
        .forEach(
            reader ->
                reader.tell(new ToReader.Committed(ledger().incarnation(), commit.offsets())));
    return this;
  }

  private Behavior<ReadLinkMessage> onForget(Forget forget) {
    PendingEpoch epoch = epochs.get(forget.attempt());
    if (epoch != null) {
      forget(epoch);
    }
    return this;
  }

  private void forget(PendingEpoch epoch) {
    AttemptId id = epoch.id();
    epochs.remove(id.number());
    inputs.forgotten(id.number());
    for (PendingShare share : epoch.shares()) {
      share.reader.tell(new ToReader.Discard(id.incarnation(), id.epoch(), id.number()));
    }
  }

  private Behavior<ReadLinkMessage> onTick() {
    long now = host.nowMillis();
    for (PendingEpoch epoch : new ArrayList<>(epochs.values())) {
      for (PendingShare share : List.copyOf(epoch.shares())) {
        if (share.read == null && now - share.askedMillis >= SILENCE_MILLIS) {
          ask(epoch, share);
        } else {
          collect(epoch, share);
        }
      }
    }
    return this;
  }

  private QueryLedger ledger() {
    return requireNonNull(ledger, "ledger");
  }
}
