//! The Device team, which builds the Wren.

use crate::domain::okr::{State, Verdict};

use super::table::When::{First, Fourth, Second, Third};
use super::table::{ObjectiveRow, at_most, between, graded, milestones, objective, reach};

pub(super) const OBJECTIVES: &[ObjectiveRow] = &[
    objective(First, "A unit that two people can carry up any stairs")
        .why("A crane costs a street closure, a permit and three weeks. Two people and a strap cost nothing.")
        .of("tomasz", &["device"])
        .under("wren-proven")
        .known_by(&[
            reach("Weight of the heaviest part", "kg", 96.0, 48.0).by("arjun").said(&[
                (96.0, 7, "Nobody carries 96 kilos round the third landing of a spiral staircase."),
                (88.0, 7, ""),
                (71.0, 8, "Split into two boxes: heart and lungs."),
                (58.0, 8, ""),
                (52.0, 9, "52. The last four kilos cost more than the first forty."),
            ]),
            reach("Minutes from van to bracket", "min", 190.0, 60.0).by("hanna").said(&[
                (190.0, 7, ""),
                (140.0, 7, "Half of it is searching for a place to put things down."),
                (85.0, 8, ""),
                (64.0, 9, "Karim’s crew did it in 58, the others in 66 to 70."),
            ]),
            at_most("Tools that a crew needs for it", "tools", 6.0).by("sofie").said(&[
                (14.0, 7, ""),
                (9.0, 8, "One screw head for everything, finally."),
                (6.0, 9, ""),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "Designing on the stairs instead of at the desk made us twice as fast. The split into two boxes also makes repair \
             simpler, which nobody had planned.",
        ),
    objective(Second, "A Wren costs what a co-op can pay")
        .why("At 6,900 euros a unit only subsidised houses work out. We want the others.")
        .of("lena", &["device", "supply"])
        .under("wren-proven")
        .known_by(&[
            reach("Cost of parts for a Wren", "EUR", 4_150.0, 3_200.0).by("emeka").said(&[
                (4_150.0, 6, ""),
                (3_980.0, 6, "The case alone is 600 euros. It is a box."),
                (3_720.0, 6, "Folded instead of welded: minus 210."),
                (3_560.0, 5, "Copper went the wrong way by 90."),
            ]),
            reach("Parts that only one supplier makes", "parts", 11.0, 4.0).by("sofie").said(&[
                (11.0, 5, ""),
                (9.0, 5, ""),
                (8.0, 4, "The inverter board stays single-source. We decided to live with it for now."),
            ]),
            reach("Hours of assembly for a unit", "h", 6.5, 4.0).by("hanna").said(&[
                (6.5, 7, ""),
                (5.2, 7, "The loom is plugged, not soldered."),
                (4.4, 8, ""),
            ]),
        ])
        .learned(
            Verdict::Adapt,
            "Cheap parts were easy, second sources were not, and we called the inverter board “fine for now”. Next time the \
             riskiest part comes first, whatever it saves.",
        ),
    objective(Third, "So quiet that the neighbours forget it is there")
        .key("quiet")
        .why("In a courtyard of ninety windows one annoyed neighbour is enough to end a project.")
        .of("tomasz", &["device"])
        .under("wren-sold")
        .supports(&["neighbours"])
        .known_by(&[
            reach("Sound at the neighbour’s window, at night", "dB(A)", 46.0, 35.0)
                .key("night-sound")
                .by("lena")
                .weighs(3)
                .said(&[
                    (46.0, 6, "Measured in the Kepler Street yard at 3 a.m., with the lab’s microphone this time."),
                    (44.0, 6, ""),
                    (41.0, 7, "Owl-wing edges on the fan: three decibels for twelve cents."),
                    (40.0, 6, "Rubber feet arrived in the wrong hardness. A week lost."),
                    (37.5, 8, "Right rubber, right number."),
                ])
                .yesterday((37.0, 8, "Last night at Kepler: 37.0 with everything closed up. Two more to go."))
                .doing(&[
                    ("Fan blades with a serrated edge", true),
                    ("Softer feet under the compressor", true),
                    ("Second opinion from an acoustician", false),
                ]),
            at_most("Complaints about noise a week", "complaints", 1.0).every_time().by("arjun").said(&[
                (2.0, 5, ""),
                (1.0, 7, ""),
                (3.0, 5, "Three from one house: a bracket on a hollow wall hums like a guitar."),
                (1.0, 7, "Brackets moved to the load-bearing wall."),
                (0.0, 8, ""),
                (0.0, 9, ""),
            ]),
            reach("Walls tested for humming before we drill", "%", 0.0, 90.0).by("hanna").said(&[
                (0.0, 6, ""),
                (10.0, 6, ""),
                (35.0, 7, "A tuning fork and a phone: ninety seconds a wall."),
                (62.0, 8, "Crews like it, since it saves them coming back."),
            ]),
            graded(
                "An outsider’s verdict on the sound",
                "“Acceptable” from the city’s noise office",
                "“Quiet” in a blind test with residents",
                "Residents cannot tell on from off",
            )
            .by("sofie")
            .said(&[
                (0.0, 6, ""),
                (1.0, 7, "The noise office wrote “acceptable”, underlined."),
                (2.0, 8, "Blind test with 24 residents: “quiet” it is. Nine could not tell at all."),
            ]),
        ]),
    objective(Third, "Wrens are never waiting for a single part")
        .key("no-single")
        .why("Six weeks without inverter boards taught us what “fine for now” costs.")
        .of("emeka", &["device", "supply"])
        .under("wren-earns")
        .supports(&["shelves"])
        .known_by(&[
            milestones("A second inverter board, as good as the first", &[
                ("Samples from three makers", 1),
                ("Two boards run a Wren", 2),
                ("A thousand hours in the cold chamber", 3),
                ("Approved by the safety lab", 3),
            ])
            .weighs(2)
            .said(&[
                (0.0, 5, "Our maker wrote on Friday evening: no boards for six weeks. Here we go."),
                (1.0, 6, "Three samples on the bench, one of them with a nicer schematic than ours."),
                (2.0, 7, "Two run. Oleh rewrote the driver in four days."),
                (2.0, 3, "The chamber run ends after the quarter does. The pace looks kind, I do not believe in all four steps."),
            ]),
            reach("Parts that only one supplier makes", "parts", 8.0, 3.0).by("sofie").said(&[
                (8.0, 5, ""),
                (7.0, 6, ""),
                (6.0, 6, "Coil and fan have seconds now."),
                (5.0, 6, "Five. The valve maker has no rival anywhere."),
            ]),
            between("Weeks of stock of the five riskiest parts", "weeks", 4.0, 8.0).by("wei").of("supply").said(&[
                (5.0, 6, ""),
                (2.0, 4, ""),
                (0.5, 2, "Half a week. Three crews build risers instead of hanging units."),
                (3.0, 5, "Air freight, and we will not speak of the price."),
                (4.5, 7, "Back inside the range."),
            ]),
        ]),
    objective(Third, "A Wren can be mended, not replaced")
        .why("Whatever we hang on a wall we answer for, twenty years long.")
        .of("arjun", &["device", "care"])
        .under("wren-earns")
        .aspirational()
        .known_by(&[
            reach("Faults mended with a part below 50 euros", "%", 35.0, 80.0).said(&[
                (35.0, 6, ""),
                (41.0, 6, "Plugs, clips, gaskets. The fan is still one sealed piece."),
                (52.0, 6, ""),
                (58.0, 6, "Fan bearings can be changed alone now."),
            ]),
            reach("Minutes to change the fan", "min", 95.0, 25.0).by("hanna").said(&[
                (95.0, 6, ""),
                (80.0, 7, ""),
                (44.0, 8, "Four screws fewer."),
                (31.0, 9, "Filmed it: 31 minutes, in gloves."),
            ]),
            reach("Returned units that go out again", "%", 20.0, 70.0)
                .by("emeka")
                .said(&[(20.0, 5, ""), (24.0, 5, "Only seven units came back so far, which is good news and bad statistics.")])
                .missed(&[0, 1, 2]),
        ]),
    objective(Fourth, "The Wren grows up: one unit for every courtyard")
        .why("Small yards, big houses, heritage fronts: three variants from one drawing.")
        .of("tomasz", &["device"])
        .under("wren-proven")
        .state(State::Draft)
        .known_by(&[
            reach("Kinds of courtyard with an approved bracket", "kinds", 3.0, 9.0).by("hanna"),
            reach("Parts shared by all three variants", "%", 54.0, 85.0).by("lena"),
            milestones("Heritage front, agreed with the city", &[("Drawing", 1), ("Mock-up on a wall", 2), ("Permit", 2)])
                .by("sofie"),
        ]),
];
