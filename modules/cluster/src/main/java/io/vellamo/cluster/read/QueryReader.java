package io.vellamo.cluster.read;

import io.vellamo.actors.io.ShareReader;
import io.vellamo.actors.io.ShareRequest;
import io.vellamo.cluster.chunk.GiveInput;
import io.vellamo.cluster.read.ReaderMessage.Close;
import io.vellamo.cluster.read.ReaderMessage.End;
import io.vellamo.cluster.read.ReaderMessage.Give;
import io.vellamo.cluster.read.ReaderMessage.LinkEnded;
import io.vellamo.cluster.read.ReaderMessage.ShareDone;
import io.vellamo.engine.pipeline.RoutedShare;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The reader of a query on a node: reads shares of epochs and holds their events until the shards
 * have them.
 *
 * <p>It has no state that must survive: a share can be read again on any node, with the same
 * events.
 *
 * <p>Its sources are open while a coordinator asks for shares, and for a while afterwards.
 */
final class QueryReader extends AbstractBehavior<ReaderMessage> {
  private static final Duration CLOSE_AFTER = Duration.ofSeconds(30);

  private final TimerScheduler<ReaderMessage> timers;
  private final ReaderHost host;
  private final ActorRef<GiveInput> holder;
  private final HeldShares shares = new HeldShares();
  private final Map<ShareId, ActorRef<FromReader>> asking = new HashMap<>();
  // Of the newest run that has asked.
  private long incarnation;
  private @Nullable ActorRef<FromReader> link;
  private @Nullable ShareReader<HeldShare> reader;

  private QueryReader(
      ActorContext<ReaderMessage> context, TimerScheduler<ReaderMessage> timers, ReaderHost host) {
    super(context);
    this.timers = timers;
    this.host = host;
    this.holder = context.messageAdapter(GiveInput.class, Give::new);
  }

  /** Creates the reader of a query. */
  static Behavior<ReaderMessage> create(ReaderHost host) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new QueryReader(context, timers, host)));
  }

  @Override
  public Receive<ReaderMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(ToReader.Read.class, this::onRead)
        .onMessage(ToReader.Committed.class, this::onCommitted)
        .onMessage(ToReader.Discard.class, this::onDiscard)
        .onMessage(Give.class, this::onGive)
        .onMessage(ShareDone.class, this::onShareDone)
        .onMessage(LinkEnded.class, this::onLinkEnded)
        .onMessage(Close.class, close -> onClose())
        .onMessage(End.class, end -> Behaviors.stopped())
        .onSignal(PostStop.class, stopped -> onClose())
        .build();
  }

  private Behavior<ReaderMessage> onRead(ToReader.Read read) {
    if (read.incarnation() < incarnation) {
      return this;
    }
    ShareId share = ShareId.of(read);
    HeldShares.Held known = shares.get(share);
    asking.put(share, read.link());
    if (known != null) {
      answer(share, known);
      return this;
    }
    if (read.incarnation() > incarnation) {
      close();
      incarnation = read.incarnation();
    }
    watch(read.link());
    shares.begin(share);
    asking.keySet().removeIf(each -> shares.get(each) == null);
    ShareReader<HeldShare> open = reader;
    if (open == null) {
      open =
          host.start(
              new Output(getContext().getSelf(), incarnation, host, read.request().shards()));
      reader = open;
    }
    open.read(read.request());
    return this;
  }

  private void watch(ActorRef<FromReader> asks) {
    if (!asks.equals(link)) {
      link = asks;
      getContext().watchWith(asks, new LinkEnded(asks));
    }
    timers.cancel(Close.INSTANCE);
  }

  private Behavior<ReaderMessage> onLinkEnded(LinkEnded ended) {
    if (ended.link().equals(link)) {
      timers.startSingleTimer(Close.INSTANCE, CLOSE_AFTER);
    }
    return this;
  }

  /** Answers who has asked for a share, if it has been read. */
  private void answer(ShareId share, HeldShares.Held held) {
    ActorRef<FromReader> link = asking.get(share);
    HeldShare read = held.share();
    if (link != null && read != null) {
      Map<Integer, Integer> chunks = new HashMap<>();
      read.shards().forEach((shard, some) -> chunks.put(shard, some.size()));
      link.tell(
          new FromReader.Read(
              share, holder, held.number(), chunks, read.report().size(), read.report().get(0)));
    }
  }

  private Behavior<ReaderMessage> onShareDone(ShareDone done) {
    HeldShare read = done.held();
    if (read == null) {
      shares.forget(done.share());
      ActorRef<FromReader> link = asking.remove(done.share());
      if (link != null) {
        link.tell(new FromReader.Failed(done.share(), host.problem(done.failure())));
      }
      return this;
    }
    HeldShares.Held held = shares.keep(done.share(), read);
    if (held != null) {
      answer(done.share(), held);
    }
    return this;
  }

  private Behavior<ReaderMessage> onGive(Give give) {
    GiveInput request = give.request();
    HeldShare share = shares.numbered(request.held());
    if (share != null) {
      request.answer(share.chunks(request));
    }
    return this;
  }

  private Behavior<ReaderMessage> onCommitted(ToReader.Committed committed) {
    if (committed.incarnation() == incarnation && reader != null) {
      reader.committed(committed.offsets());
    }
    return this;
  }

  private Behavior<ReaderMessage> onDiscard(ToReader.Discard discard) {
    shares.discard(new AttemptId(discard.incarnation(), discard.epoch(), discard.attempt()));
    asking.keySet().removeIf(each -> shares.get(each) == null);
    return this;
  }

  private Behavior<ReaderMessage> onClose() {
    close();
    return this;
  }

  private void close() {
    ShareReader<HeldShare> open = reader;
    reader = null;
    if (open != null) {
      open.close()
          .whenComplete(
              (ok, failure) -> {
                if (failure != null) {
                  host.warn("close its source", failure);
                }
              });
    }
  }

  /** Tells the reader what becomes of shares. */
  private record Output(
      ActorRef<ReaderMessage> reader, long incarnation, ReaderHost host, int shardsOfOperator)
      implements ShareReader.Output<HeldShare> {
    @Override
    public HeldShare form(RoutedShare share) {
      return HeldShare.of(share, host.forms(), shardsOfOperator);
    }

    @Override
    public void read(ShareRequest request, HeldShare formed) {
      reader.tell(new ShareDone(id(request), formed, null));
    }

    @Override
    public void readFailed(ShareRequest request, Throwable cause) {
      reader.tell(new ShareDone(id(request), null, cause));
    }

    @Override
    public void commitFailed(Throwable cause) {
      host.warn("tell its source of a commit", cause);
    }

    private ShareId id(ShareRequest request) {
      return new ShareId(
          new AttemptId(incarnation, request.share().plan().epoch(), request.attempt()),
          request.share().ranges());
    }
  }
}
