package io.vellamo.cluster.home;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentImpl;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/** The journal plugin on {@link SharedStore}. */
public final class SharedJournal extends AsyncWriteJournal {
  private final SharedStore store = SharedStore.of(context().system().settings());
  private final Serialization serialization = SerializationExtension.get(context().system());

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    List<Optional<Exception>> results = new ArrayList<>();
    for (AtomicWrite write : writes) {
      Map<Long, SharedStore.Entry> entries = new TreeMap<>();
      for (PersistentRepr each : CollectionConverters.asJava(write.payload())) {
        entries.put(each.sequenceNr(), entry(each));
      }
      try {
        store.append(write.persistenceId(), entries);
      } catch (Exception e) {
        return Futures.failed(e);
      }
      results.add(Optional.empty());
    }
    return Futures.successful(results);
  }

  private SharedStore.Entry entry(PersistentRepr message) {
    Object record = message.payload();
    Serializer serializer = serialization.findSerializerFor(record);
    return new SharedStore.Entry(
        ByteString.fromArray(serializer.toBinary(record)),
        serializer.identifier(),
        Serializers.manifestFor(serializer, record),
        message.writerUuid());
  }

  @Override
  public Future<@Nullable Void> doAsyncDeleteMessagesTo(String id, long to) {
    store.delete(id, to);
    return Futures.successful(null);
  }

  @Override
  public Future<@Nullable Void> doAsyncReplayMessages(
      String id, long from, long to, long max, Consumer<PersistentRepr> replay) {
    store.entries(id, from, to).stream()
        .limit(max)
        .forEach(entry -> replay.accept(message(id, entry.getKey(), entry.getValue())));
    return Futures.successful(null);
  }

  private PersistentRepr message(String id, long number, SharedStore.Entry entry) {
    Object record =
        serialization
            .deserialize(entry.bytes().toArray(), entry.serializer(), entry.manifest())
            .get();
    return new PersistentImpl(
        record, number, id, "", false, ActorRef.noSender(), entry.writer(), 0, Option.empty());
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String id, long from) {
    return Futures.successful(store.highestNumber(id));
  }
}
