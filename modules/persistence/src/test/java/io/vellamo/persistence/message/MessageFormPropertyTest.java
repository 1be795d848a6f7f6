package io.vellamo.persistence.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.api.query.ParkedGroup;
import io.vellamo.engine.protocol.ShardReply;
import io.vellamo.engine.protocol.query.GroupAnswer;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random requests, replies and news, which are read as they were written. */
final class MessageFormPropertyTest {
  private final ShardReplyForm replies = ShardReplyForm.of(ExampleQuery.prepared());

  @Property(tries = 300)
  void requests_areReadAsTheyWereWritten(@ForAll long seed) {
    DrawnMessages drawn = new DrawnMessages(new Draw(seed));

    assertAllRead(drawn.requests(), ShardRequestForm::write, ShardRequestForm::read);
    assertAllRead(drawn.queryRequests(), QueryRequestForm::write, QueryRequestForm::read);
  }

  @Property(tries = 300)
  void replies_areReadAsTheyWereWritten(@ForAll long seed) {
    DrawnMessages drawn = new DrawnMessages(new Draw(seed));

    assertAllRead(drawn.replies(), replies::write, replies::read);
  }

  @Property(tries = 300)
  void groups_areReadAsTheyWereWritten(@ForAll long seed) {
    Draw draw = new Draw(seed);
    ShardReply reply = new DrawnMessages(draw).groupsRead();
    GroupAnswer answer = new DrawnGroups(draw).answer();
    GroupAnswerForm answers = GroupAnswerForm.of(ExampleQuery.prepared());

    assertThat(replies.read(replies.write(reply))).usingRecursiveComparison().isEqualTo(reply);
    assertThat(answers.read(answers.write(answer))).usingRecursiveComparison().isEqualTo(answer);
  }

  @Property(tries = 300)
  void news_isReadAsItWasWritten(@ForAll long seed) {
    assertAllRead(new DrawnNews(new Draw(seed)).all(), QueryNewsForm::write, QueryNewsForm::read);
  }

  @Property(tries = 300)
  void descriptions_areReadAsTheyWereWritten(@ForAll long seed) {
    Draw draw = new Draw(seed);
    DrawnMessages drawn = new DrawnMessages(draw);
    List<ParkedGroup> parked = draw.some(drawn::parkedGroup);
    ParkedGroupsForm parkedForm = ParkedGroupsForm.of(ExampleQuery.prepared());

    assertAllRead(draw.some(drawn::problem), ProblemForm::write, ProblemForm::read);
    assertAllRead(draw.some(drawn::failure), ShardFailureForm::write, ShardFailureForm::read);
    assertAllRead(draw.some(drawn::created), QueryCreatedForm::write, QueryCreatedForm::read);
    assertThat(parkedForm.read(parkedForm.write(parked))).isEqualTo(parked);
  }

  private static <T> void assertAllRead(
      List<T> values, Function<T, byte[]> write, Function<byte[], T> read) {
    for (T value : values) {
      assertThat(read.apply(write.apply(value))).isEqualTo(value);
    }
  }
}
