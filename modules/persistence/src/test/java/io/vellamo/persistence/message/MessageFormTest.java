package io.vellamo.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vellamo.api.SerializationException;
import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.protocol.ShardRequest.Digest;
import io.vellamo.engine.protocol.query.Problem;
import io.vellamo.engine.protocol.query.QueryNews;
import io.vellamo.engine.protocol.query.QueryNews.ClockCaughtUp;
import io.vellamo.persistence.journal.BinaryInput;
import io.vellamo.persistence.journal.BinaryOutput;
import java.nio.BufferUnderflowException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages of other versions, damaged ones, and texts that are no Unicode. */
final class MessageFormTest {
  @Test
  void request_ofANewerVersion_isRefusedWithItsForm() {
    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> ShardRequestForm.read(new byte[] {(byte) 200, 1, 2}))
        .withMessage(
            "request to a shard must have a form that this node knows, has form [200]; run"
                + " versions of Vellamo on the nodes that are no further apart than one release");
  }

  @Test
  void request_thatIsCut_isRefusedWithItsSize() {
    byte[] bytes = ShardRequestForm.write(new Digest(300));

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> ShardRequestForm.read(Arrays.copyOf(bytes, 2)))
        .withMessage(
            "request to a shard must be whole and of one of its forms, can't be read from [2]"
                + " bytes; run versions of Vellamo on the nodes that are no further apart than one"
                + " release")
        .withCauseInstanceOf(BufferUnderflowException.class);
  }

  @Test
  void report_withFieldsOfANewerVersion_isReadWithoutThem() {
    BinaryOutput out = new BinaryOutput();
    OpenBlock.write(
        Instant.EPOCH,
        (time, into) -> {
          TimeFormat.write(time, into);
          into.writeText("a later field");
        },
        out);
    out.writeByte(5);
    BinaryInput in = new BinaryInput(out.toByteArray());

    assertThat(OpenBlock.read(TimeFormat::readInstant, in)).isEqualTo(Instant.EPOCH);
    assertThat(in.readByte()).isEqualTo(5);
  }

  @Test
  void textForPeople_withAnUnpairedSurrogate_isRepaired() {
    Problem read = ProblemForm.read(ProblemForm.write(new Problem(1, "cut \ud83c")));

    assertThat(read.text()).isEqualTo("cut \ufffd");
  }

  @Test
  void newsOfAnExtremeTime_isReadAsItWasWritten() {
    QueryNews news = new ClockCaughtUp(Instant.MIN);

    assertThat(QueryNewsForm.read(QueryNewsForm.write(news))).isEqualTo(news);
  }

  @Test
  void parkedGroup_ofAnotherQuery_isRefused() {
    ParkedGroupsForm form = ParkedGroupsForm.of(ExampleQuery.prepared());
    ParkedGroup group = new ParkedGroup("visits", 5L, 7, "E", Optional.empty(), 2);

    assertThatExceptionOfType(SerializationException.class)
        .isThrownBy(() -> form.write(List.of(group)))
        .withMessage(
            "operator of a parked group must be one of the query's, [byPlace, totals], was"
                + " [visits]; run the same query on all nodes");
  }
}
