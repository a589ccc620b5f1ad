//! Supply & Workshop: where parts come from, and where they are put together.

use crate::domain::okr::{State, Verdict};

use super::table::When::{First, Fourth, Second, Third};
use super::table::{ObjectiveRow, at_least, at_most, between, graded, milestones, objective, reach};

pub(super) const OBJECTIVES: &[ObjectiveRow] = &[
    objective(First, "A workshop where everything has a place")
        .why("We lost a compressor for two weeks. It was behind the other compressors.")
        .of("goran", &["supply"])
        .under("pace")
        .known_by(&[
            reach("Parts found where the list says", "%", 64.0, 97.0).by("anouk").said(&[
                (64.0, 6, ""),
                (78.0, 7, "Shelves have addresses, like houses."),
                (91.0, 8, ""),
                (96.0, 9, ""),
            ]),
            reach("Hours to pack a van", "h", 2.5, 0.5).by("samuel").said(&[
                (2.5, 7, ""),
                (1.4, 7, ""),
                (0.8, 8, "Packed in the evening by whoever knows the shelf."),
            ]),
            at_most("Value of parts nobody can explain", "EUR", 15_000.0).by("ruta").said(&[
                (64_000.0, 5, ""),
                (31_000.0, 6, "We found the compressor."),
                (12_000.0, 8, ""),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "Order is not tidiness; it is time that crews get back. The evening packing was Samuel’s idea in week two, and we \
             should have asked him in week one.",
        ),
    objective(Second, "A riser comes out of a box, not out of a van")
        .why("What is assembled at a bench is right; what is assembled on a staircase is nearly right.")
        .of("ines", &["supply", "install"])
        .under("warm")
        .known_by(&[
            reach("Joints made in the workshop", "%", 10.0, 70.0).by("wei").said(&[
                (10.0, 6, ""),
                (24.0, 6, ""),
                (49.0, 7, "Jigs for the four commonest staircases."),
                (61.0, 8, ""),
            ]),
            reach("Leaks for each 100 joints", "leaks", 2.4, 0.4).by("ruta").said(&[
                (2.4, 7, ""),
                (1.5, 7, ""),
                (0.6, 8, "The press tool with a memory knows which joint was skipped."),
            ]),
            reach("Cost of a riser", "EUR", 1_900.0, 1_400.0).said(&[
                (1_900.0, 6, ""),
                (1_840.0, 6, ""),
                (1_650.0, 6, "Copper again."),
            ]),
        ])
        .learned(
            Verdict::Adapt,
            "Benches beat staircases. Copper ate half of the saving; next we look at the metal, not at the minutes.",
        ),
    objective(Third, "Crews never stand before an empty shelf")
        .key("shelves")
        .why("Six crews, one missing board: the most expensive silence that we have heard this year.")
        .of("goran", &["supply", "delivery"])
        .under("install-right")
        .known_by(&[
            at_least("Jobs that start with all their parts", "%", 95.0).every_time()
                .by("samuel")
                .weighs(2)
                .doing(&[
                    ("Boards by air freight", true),
                    ("Ration boards by how cold the house is", true),
                    ("Contract with the second maker", false),
                ])
                .said(&[
                (96.0, 8, ""),
                (95.0, 7, ""),
                (88.0, 4, "Inverter boards: promised for Friday, then “for a Friday”."),
                (61.0, 2, "Sixty-one. We ration boards by how cold the house is."),
                (79.0, 4, "Forty boards by air. Anouk met the plane."),
                (95.0, 7, "Back where we began. Never again with one source."),
                (96.0, 8, ""),
            ]),
            reach("Boards in stock or firmly on their way", "boards", 148.0, 400.0).said(&[
                (148.0, 6, ""),
                (64.0, 4, ""),
                (9.0, 2, "Nine. I know them by name."),
                (104.0, 5, ""),
                (236.0, 7, "Air freight plus the first hundred of the second source."),
            ]),
            reach("Suppliers who tell us a delay first", "%", 30.0, 80.0).by("ines").said(&[
                (30.0, 5, ""),
                (38.0, 6, "Asked all of them: what would make you call early? “That you do not shout.”"),
                (55.0, 7, ""),
                (64.0, 8, ""),
            ]),
            milestones("A forecast that sees ten weeks ahead", &[
                ("Orders and plan in one list", 1),
                ("Warns by itself", 3),
                ("Right in eight weeks of ten", 2),
            ])
            .by("wei")
            .said(&[(0.0, 6, ""), (1.0, 6, ""), (2.0, 3, "It warns. It also cries wolf; I would not bet on eight of ten yet.")]),
        ]),
    objective(Third, "Nothing that still works is thrown away")
        .key("reuse")
        .why("We take out a hundred radiators a week. Most of them will outlive us.")
        .of("ruta", &["supply", "install"])
        .aspirational()
        .known_by(&[
            reach("Radiators that go into another house", "%", 5.0, 40.0).said(&[
                (5.0, 6, ""),
                (9.0, 6, ""),
                (15.0, 6, "Washing them takes an hour. Washing them in a car wash takes six minutes."),
                (19.0, 6, ""),
            ]),
            reach("Copper that we sell instead of scrap", "kg", 0.0, 3_000.0).by("samuel").said(&[
                (0.0, 7, ""),
                (700.0, 7, ""),
                (1_600.0, 8, "The price that hurt us last quarter helps us now."),
                (2_200.0, 8, ""),
            ]),
            at_most("Pallets to the tip in a week", "pallets", 2.0).by("anouk").missed(&[0, 1]).said(&[
                (6.0, 5, ""),
                (4.0, 6, "Suppliers take back their pallets, if asked twice."),
                (3.0, 6, ""),
            ]),
        ]),
    objective(Third, "A Wren a day keeps the waiting list away")
        .key("wren-a-day")
        .why("The line was built for three a week. The waiting list wants seven.")
        .of("ines", &["supply", "device"])
        .under("wren-earns")
        .known_by(&[
            reach("Wrens finished in a week", "units", 3.0, 7.0).said(&[
                (3.0, 6, ""),
                (4.0, 7, ""),
                (2.0, 4, "Two. Cases everywhere, boards nowhere."),
                (4.0, 6, ""),
                (5.0, 8, "Five, and a queue that finally gets shorter."),
            ]),
            reach("Units that pass the test at once", "%", 78.0, 96.0).by("emeka").said(&[
                (78.0, 6, ""),
                (84.0, 7, ""),
                (89.0, 8, "Moved the leak test before the insulation. Obvious, afterwards."),
                (91.0, 8, ""),
            ]),
            between("Hours of assembly for a unit", "h", 3.0, 4.5).by("wei").said(&[(4.8, 6, ""), (4.4, 8, ""), (4.2, 8, "")]),
            graded(
                "A line that a newcomer can run",
                "With somebody beside them",
                "Alone, at half speed",
                "Alone, at full speed",
            )
            .by("anouk")
            .said(&[(0.0, 6, ""), (1.0, 7, "Two academy trainees built number 71 and signed it inside.")]),
        ]),
    objective(Fourth, "Two sources for everything that keeps people warm")
        .why("The winter is no time to find out who else makes a valve.")
        .of("goran", &["supply", "device"])
        .under("warm")
        .state(State::Draft)
        .known_by(&[
            reach("Parts that only one supplier makes", "parts", 5.0, 1.0).by("ines"),
            at_least("Weeks of stock of the five riskiest parts", "weeks", 6.0).every_time().by("wei"),
            reach("Cost of parts for a Wren", "EUR", 3_560.0, 3_200.0).by("emeka"),
        ]),
];
