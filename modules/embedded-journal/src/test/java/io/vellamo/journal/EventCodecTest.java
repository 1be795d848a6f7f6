package io.vellamo.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.journal.store.StoredEvent;
import java.nio.file.Path;
import java.util.Set;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventCodecTest {

  @TempDir Path directory;

  private ActorSystem<Void> system;
  private EventCodec codec;

  @BeforeEach
  void start() {
    system = Systems.start(directory);
    codec = new EventCodec(system.classicSystem());
  }

  @AfterEach
  void stop() {
    Systems.stop(system);
  }

  @Test
  void event_thereAndBack_isTheSame() {
    PersistentRepr event = event("payload").withTimestamp(123).withMetadata("metadata");

    PersistentRepr decoded = codec.decode("a", codec.encode(event));

    assertThat(decoded).isEqualTo(event);
    assertThat(decoded.timestamp()).isEqualTo(123);
    assertThat(decoded.metadata().get()).isEqualTo("metadata");
    assertThat(decoded.manifest()).isEqualTo("adapter");
    assertThat(decoded.writerUuid()).isEqualTo("writer");
  }

  @Test
  void taggedEvent_isStoredWithoutItsTags() {
    StoredEvent stored = codec.encode(event(new Tagged("payload", Set.of("tag"))));

    assertThat(codec.decode("a", stored).payload()).isEqualTo("payload");
  }

  private static PersistentRepr event(Object payload) {
    return PersistentRepr.apply(payload, 7, "a", "adapter", false, ActorRef.noSender(), "writer");
  }
}
