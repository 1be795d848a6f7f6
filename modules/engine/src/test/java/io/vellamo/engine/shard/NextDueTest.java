package io.vellamo.engine.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NextDueTest {
  @Test
  void earlier_ofTwo_takesTheSmallerOfEach() {
    assertThat(new NextDue(1L, 20L).earlier(new NextDue(2L, 10L))).isEqualTo(new NextDue(1L, 10L));
    assertThat(new NextDue(2L, 10L).earlier(new NextDue(1L, 20L))).isEqualTo(new NextDue(1L, 10L));
  }

  @Test
  void earlier_ofNever_isTheOther() {
    NextDue due = new NextDue(1L, 20L);

    assertThat(NextDue.NEVER.earlier(due)).isEqualTo(due);
    assertThat(due.earlier(NextDue.NEVER)).isEqualTo(due);
    assertThat(NextDue.NEVER.earlier(NextDue.NEVER)).isEqualTo(NextDue.NEVER);
  }
}
