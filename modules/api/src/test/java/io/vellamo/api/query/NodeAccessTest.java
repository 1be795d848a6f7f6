package io.vellamo.api.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class NodeAccessTest {
  private static final NodeAccess LIMITED = NodeAccess.oneNode("its files are local; use a topic");

  @Test
  void limit_isThereUnlessTheAccessIsShared() {
    assertThatThrownBy(() -> NodeAccess.oneNode(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be empty if the access is shared and only then, was []");
    assertThatThrownBy(() -> new NodeAccess(true, "local"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be empty if the access is shared and only then, was [local]");
    assertThat(LIMITED.isShared()).isFalse();
    assertThat(NodeAccess.shared().isShared()).isTrue();
  }

  @Test
  void access_thatIsNotDeclared_isNotShared() {
    assertThat(NodeAccess.undeclared().isShared()).isFalse();
  }
}
