/** Given names for styles, one per model: what makes every product name unique. */
export const STYLE_NAMES: readonly string[] = `
Ada Agnes Alba Alma Alva Amelie Anouk Ansa Anya Arden Aria Asta Astrid Aude Aurea Ava Avis Aya Bea
Berit Bette Billie Blanche Bo Briar Brida Brisa Calla Camille Cara Carys Celeste Celia Cleo Clio
Cora Cosima Dagny Dahlia Dara Daria Delia Delphine Dora Dove Edda Edie Edith Effie Eira Elba Elena
Elin Elke Ella Ellis Elsa Elva Emi Enya Erin Esme Esther Etta Eva Fay Fern Fia Fleur Flora Frances
Freya Gaia Gala Gemma Gia Gilda Greta Gwen Hana Harriet Hattie Hazel Hedda Helga Hella Hilde Ida
Ilse Imke Imogen Ina Ines Inga Iona Irene Iris Irma Isa Isla Ivy Jana Jette Joan Jonna Jora Josie
Juna Juno Kaia Kara Karin Katla Kaya Kerstin Kira Laila Lara Lea Leda Leni Leonie Lena Lia Lida Lila
Lina Linnea Liv Livia Lola Lore Lotta Lova Luca Luna Lyra Mabel Mae Magda Maia Malin Mara Marfa
Margot Marit Marlo Martha Maren Matilda May Meret Mila Milla Mina Mira Moa Moira Mona Nadia Naja
Nala Nell Nera Neva Nina Noa Noor Nora Nova Oda Olga Olive Oona Orla Otti Paloma Pearl Petra Pia
Pilar Polly Rae Ragna Rhea Rika Rita Roma Rosa Romy Rue Runa Ruth Saga Sanna Selma Senna Signe Silja
Sina Sisu Siri Sofie Sol Stella Svea Sylvie Tabea Tara Tea Tess Thea Thora Tilda Tova Tuva Ulla Una
Ursa Vada Vera Vida Vilda Viola Wanda Willa Wren Xenia Yara Ylva Yrsa Yuna Zelda Zina Zoe
`
  .trim()
  .split(/\s+/);
