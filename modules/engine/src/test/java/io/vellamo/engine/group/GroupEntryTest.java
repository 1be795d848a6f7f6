package io.vellamo.engine.group;

import static io.vellamo.engine.group.GroupCall.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.vellamo.engine.variable.GroupVariables;
import io.vellamo.engine.variable.VariablesView;
import org.junit.jupiter.api.Test;

final class GroupEntryTest {
  @Test
  void entry_withNeitherStateNorTimeout_isTheEmptyOne() {
    assertThat(GroupEntry.of((byte[]) null, null)).isSameAs(GroupEntry.EMPTY);
    assertThat(GroupEntry.EMPTY.isEmpty()).isTrue();
  }

  @Test
  void entry_withStateOrTimeout_isNotEmpty() {
    assertThat(entry(1, null).isEmpty()).isFalse();
    assertThat(entry(null, 1L).isEmpty()).isFalse();
  }

  @Test
  void entry_givesWhatItWasMadeOf() {
    GroupEntry entry = entry(7, -5L);

    assertThat(entry.state()).isEqualTo(TestCodecs.NUMBERS.write(7));
    assertThat(entry.timeoutMillis()).isEqualTo(-5);
    assertThat(entry(7, null).timeoutMillis()).isNull();
  }

  @Test
  void equality_isThatOfStateAndTimeout() {
    assertThat(entry(7, 5L)).isEqualTo(entry(7, 5L)).hasSameHashCodeAs(entry(7, 5L));
    assertThat(entry(7, 5L)).isNotEqualTo(entry(8, 5L));
    assertThat(entry(7, 5L)).isNotEqualTo(entry(7, 6L));
    assertThat(entry(7, 5L)).isNotEqualTo("entry");
  }

  @Test
  void entryOfVariables_isEmptyWithoutEntries_andEqualsOnlyItself() {
    GroupVariables variables = new GroupVariables();
    GroupEntry entry = GroupEntry.of(variables);

    assertThat(entry.isEmpty()).isTrue();
    assertThat(entry.variables()).isSameAs(entry.keptVariables()).isSameAs(variables);
    assertThat(entry.state()).isNull();
    assertThat(entry).isEqualTo(GroupEntry.of(variables)).isNotEqualTo(GroupEntry.EMPTY);
    assertThat(GroupEntry.EMPTY).isNotEqualTo(entry);
  }

  @Test
  void entryOfState_hasNoVariables() {
    assertThat(entry(7, 5L).variables()).isSameAs(VariablesView.EMPTY);
    assertThat(entry(7, 5L).keptVariables()).isNull();
  }

  @Test
  void toString_doesNotShowTheState() {
    assertThat(entry(7, 5L)).hasToString("GroupEntry[4 bytes, timeout 5]");
    assertThat(GroupEntry.EMPTY).hasToString("GroupEntry[no state, timeout null]");
  }

  @Test
  void storedRow_toString_doesNotShowTheRow() {
    assertThat(TestCodecs.ROWS.write("secret"))
        .hasToString("StoredValue[java.lang.String, 6 bytes]");
  }
}
