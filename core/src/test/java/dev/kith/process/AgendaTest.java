package dev.kith.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AgendaTest {

  private static final class Entry extends Due {
    Entry(long dueAt) {
      super(dueAt);
    }

    @Override
    Mail rings(Agenda agenda) {
      return null;
    }

    @Override
    Object open() {
      return dueAt;
    }

    @Override
    Object subject(LocalProcess<?> holder) {
      return dueAt;
    }
  }

  /// Against a plain list, over random additions, removals and polls.
  @Test
  void isAsGoodAsASortedList() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom chance = new SplittableRandom(seed);
      Agenda agenda = new Agenda();
      List<Entry> model = new ArrayList<>();
      for (int step = 0; step < 200; step++) {
        switch (chance.nextInt(5)) {
          case 0, 1, 2 -> {
            Entry entry = new Entry(chance.nextInt(50));
            agenda.add(entry);
            model.add(entry);
          }
          case 3 -> removeOne(agenda, model, chance);
          default -> pollDue(agenda, model, chance.nextInt(50));
        }
        assertThat(agenda.size()).isEqualTo(model.size());
        assertThat(agenda.earliest())
            .isEqualTo(model.stream().mapToLong(entry -> entry.dueAt).min().orElse(Long.MAX_VALUE));
      }
    }
  }

  private static void removeOne(Agenda agenda, List<Entry> model, SplittableRandom chance) {
    if (!model.isEmpty()) {
      Entry gone = model.remove(chance.nextInt(model.size()));
      assertThat(agenda.remove(gone)).isTrue();
      assertThat(agenda.remove(gone)).isFalse();
    }
  }

  private static void pollDue(Agenda agenda, List<Entry> model, long now) {
    Due polled = agenda.pollDue(now);
    Entry earliest =
        model.stream().min(Comparator.comparingLong(entry -> entry.dueAt)).orElse(null);
    if (earliest == null || earliest.dueAt > now) {
      assertThat(polled).isNull();
    } else {
      assertThat(polled.dueAt).isEqualTo(earliest.dueAt);
      assertThat(polled.agendaIndex).isEqualTo(-1);
      model.remove((Entry) polled);
    }
  }

  /// An entry stands in it once.
  @Test
  void takesNothingTwice() {
    Agenda agenda = new Agenda();
    Entry entry = new Entry(1);
    agenda.add(entry);
    assertThatThrownBy(() -> agenda.add(entry)).isInstanceOf(IllegalArgumentException.class);
  }
}
