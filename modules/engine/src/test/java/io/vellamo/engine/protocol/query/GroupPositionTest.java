package io.vellamo.engine.protocol.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vellamo.engine.group.TestCodecs;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GroupPositionTest {
  @Test
  void text_isReadBack_andFitsIntoAnAddress() {
    Stream.of(
            GroupPosition.FIRST,
            new GroupPosition(7, null),
            new GroupPosition(1, TestCodecs.key("a b/ä?+")),
            new GroupPosition(Integer.MAX_VALUE, TestCodecs.key("")))
        .forEach(
            position -> {
              assertThat(GroupPosition.of(position.text())).isEqualTo(position);
              assertThat(position.text()).matches("[A-Za-z0-9_-]*");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAA", "not base64", "_____w"})
  void otherText_isRefused_withoutShowingIt(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GroupPosition.of(text))
        .withMessage(
            "after must be the next() of a preceding page, was a text of [%d] characters; leave it out for the first page",
            text.length());
  }
}
