package io.vellamo.actors.seeded;

import io.vellamo.engine.journal.JournalEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentImpl;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/** The journal plugin on {@link SeededStore}. Records are written and read by their serializer. */
public final class SeededJournal extends AsyncWriteJournal {
  private final SeededSetup setup = SeededSetup.of(context().system().settings());
  private final Serialization serialization = SerializationExtension.get(context().system());

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
    List<String> ids = new ArrayList<>();
    List<List<SeededStore.Entry>> all = new ArrayList<>();
    int count = 0;
    for (AtomicWrite write : writes) {
      List<SeededStore.Entry> entries = new ArrayList<>();
      for (PersistentRepr each : CollectionConverters.asJava(write.payload())) {
        entries.add(
            new SeededStore.Entry(
                (JournalEntry<?>) copy(each.payload()), each.sequenceNr(), each.writerUuid()));
      }
      ids.add(write.persistenceId());
      all.add(entries);
      count += entries.size();
    }
    SeededStore store = setup.store();
    return store.write(
        setup.tasks(),
        "write of %d records to %s".formatted(count, ids.get(0)),
        () -> {
          List<Optional<Exception>> results = new ArrayList<>();
          for (int i = 0; i < ids.size(); i++) {
            if (store.rejects()) {
              results.add(Optional.of(new IllegalArgumentException("simulated rejection")));
            } else {
              store.append(ids.get(i), all.get(i));
              results.add(Optional.empty());
            }
          }
          return results;
        });
  }

  private Object copy(Object record) {
    Serializer serializer = serialization.findSerializerFor(record);
    byte[] bytes = serializer.toBinary(record);
    return serialization
        .deserialize(bytes, serializer.identifier(), Serializers.manifestFor(serializer, record))
        .get();
  }

  @Override
  public Future<@Nullable Void> doAsyncDeleteMessagesTo(String id, long to) {
    return setup
        .store()
        .write(setup.tasks(), "truncation of " + id, () -> setup.store().delete(id, to));
  }

  @Override
  public Future<@Nullable Void> doAsyncReplayMessages(
      String id, long from, long to, long max, Consumer<PersistentRepr> replay) {
    return setup
        .store()
        .read(
            setup.tasks(),
            "read of " + id,
            () -> {
              setup.store().entries(id, from, to).stream()
                  .limit(max)
                  .forEach(entry -> replay.accept(message(id, entry)));
              return null;
            });
  }

  private static PersistentRepr message(String id, SeededStore.Entry entry) {
    return new PersistentImpl(
        entry.record(),
        entry.sequenceNr(),
        id,
        "",
        false,
        ActorRef.noSender(),
        entry.writer(),
        0,
        Option.empty());
  }

  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String id, long from) {
    return setup
        .store()
        .read(setup.tasks(), "last number of " + id, () -> setup.store().highestSequenceNr(id));
  }
}
