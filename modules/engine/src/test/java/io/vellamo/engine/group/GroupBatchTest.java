package io.vellamo.engine.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

final class GroupBatchTest {
  private final GroupBatch<String> batch = new GroupBatch<>(TestCodecs.key("k"), "k");

  @Test
  void batch_knowsItsGroup() {
    assertThat(batch.key()).isEqualTo(TestCodecs.key("k"));
    assertThat(batch.userKey()).isEqualTo("k");
  }

  @Test
  void events_beyondTheFirstCapacity_keepTheirOrder() {
    addFive();

    assertThat(batch).toIterable().containsExactly("e0", "e1", "e2", "e3", "e4");
  }

  @Test
  void position_beforeReading_isThatOfTheFirstEvent() {
    addFive();

    assertThat(batch.currentRange()).isEqualTo(10);
    assertThat(batch.currentOffset()).isEqualTo(100);
  }

  @Test
  void position_whileReading_isThatOfTheEventReadLast() {
    addFive();
    batch.next();
    batch.next();
    batch.next();

    assertThat(batch.currentRange()).isEqualTo(12);
    assertThat(batch.currentOffset()).isEqualTo(102);
  }

  @Test
  void size_afterReading_countsAll() {
    addFive();
    batch.next();

    assertThat(batch.size()).isEqualTo(5);
  }

  @Test
  void next_behindTheLastEvent_fails() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(batch::next)
        .withMessage("The group has no more events in this epoch");
  }

  @Test
  void rewind_letsTheEventsBeReadAgain() {
    addFive();
    batch.forEachRemaining(event -> {});
    batch.rewind();

    assertThat(batch.currentOffset()).isEqualTo(100);
    assertThat(batch).toIterable().containsExactly("e0", "e1", "e2", "e3", "e4");
  }

  @Test
  void only_isOneEventWithItsPosition() {
    addFive();
    GroupBatch<String> third = batch.only(2);

    assertThat(third.key()).isEqualTo(batch.key());
    assertThat(third.userKey()).isEqualTo("k");
    assertThat(third.range(0)).isEqualTo(12);
    assertThat(third.offset(0)).isEqualTo(102);
    assertThat(third).toIterable().containsExactly("e2");
  }

  private void addFive() {
    for (int i = 0; i < 5; i++) {
      batch.add("e" + i, 10 + i, 100 + i);
    }
  }
}
