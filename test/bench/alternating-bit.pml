/*
 * Stop and wait with an alternating bit, in the time of test/bench/alternating-bit.ts: everything
 * that is due stands in one list, in the order in which it happens, with the time from now. One
 * step takes the first of it, in every way that chance allows: each packet takes the shortest or
 * the longest time, and is lost or not while losses are left.
 */
#ifndef MESSAGES
#define MESSAGES 3
#endif
#ifndef LOSSES
#define LOSSES 2
#endif
#define SHORTEST 10
#define LONGEST 17
#define TIMEOUT 24
#define ROOM 24

/* What can be due: the start, messages and acknowledgements with either bit, the timer. */
#define START 0
#define MESSAGE 1
#define ACKNOWLEDGEMENT 3
#define TIMER 5

byte due[ROOM];
byte what[ROOM];
byte count = 1;
byte losses = LOSSES;
bit sending;
byte acknowledged;
bit expected;
byte delivered;

hidden byte at, place, first, packet, length;

/* Behind all that is due as soon; of equal times a packet comes before the timer. */
inline insert(kind, after) {
  place = count;
  do
  :: place > 0 && (due[place - 1] > after ||
       (due[place - 1] == after && kind != TIMER && what[place - 1] == TIMER)) ->
     due[place] = due[place - 1];
     what[place] = what[place - 1];
     place--
  :: else -> break
  od;
  due[place] = after;
  what[place] = kind;
  count++;
  assert(count < ROOM)
}

inline drop(position) {
  at = position;
  do
  :: at + 1 < count ->
     due[at] = due[at + 1];
     what[at] = what[at + 1];
     at++
  :: else -> break
  od;
  count--;
  due[count] = 0;
  what[count] = 0
}

inline stopTimer() {
  place = 0;
  do
  :: place < count && what[place] != TIMER -> place++
  :: else -> break
  od;
  if
  :: place < count -> drop(place)
  :: else -> skip
  fi
}

/* Takes what is next; packet is what is sent in consequence, 0 for nothing. */
inline take() {
  first = what[0];
  length = due[0];
  drop(0);
  place = 0;
  do
  :: place < count -> due[place] = due[place] - length; place++
  :: else -> break
  od;
  packet = 0;
  if
  :: first == START || first == TIMER -> packet = MESSAGE + sending
  :: first == MESSAGE || first == MESSAGE + 1 ->
     if
     :: first - MESSAGE == expected ->
        expected = 1 - expected;
        delivered++;
        /* What is never read SPIN would leave out of the state. */
        assert(delivered < 255)
     :: else -> skip
     fi;
     packet = ACKNOWLEDGEMENT + first - MESSAGE
  :: first - ACKNOWLEDGEMENT == sending && acknowledged < MESSAGES ->
     stopTimer();
     acknowledged++;
     if
     :: acknowledged < MESSAGES -> sending = 1 - sending; packet = MESSAGE + sending
     :: else -> skip
     fi
  :: else -> skip
  fi
}

inline send(after) {
  insert(packet, after);
  if
  :: packet < ACKNOWLEDGEMENT -> insert(TIMER, TIMEOUT)
  :: else -> skip
  fi
}

inline lose() {
  losses--;
  if
  :: packet < ACKNOWLEDGEMENT -> insert(TIMER, TIMEOUT)
  :: else -> skip
  fi
}

/* Whether anything is sent when the next is taken. */
#define SENDS (what[0] == START || what[0] == TIMER || what[0] == MESSAGE || \
  what[0] == MESSAGE + 1 || (what[0] - ACKNOWLEDGEMENT == sending && acknowledged + 1 < MESSAGES))

active proctype step() {
end:
  do
  :: d_step { count > 0 && !(SENDS) -> take() }
  :: d_step { count > 0 && SENDS -> take(); send(SHORTEST) }
  :: d_step { count > 0 && SENDS -> take(); send(LONGEST) }
  :: d_step { count > 0 && SENDS && losses > 0 -> take(); lose() }
  /* A packet that takes long is lost as well: another way to the same state. */
  :: d_step { count > 0 && SENDS && losses > 0 -> take(); lose() }
  od
}
